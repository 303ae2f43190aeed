package collect

// aliases are the headers that exports use in English, Spanish, German and French, without case, spaces, marks and accents; the first that is
// there wins. What two fields share stands with the one that it means more often.
var aliases = map[string][]string{
	"text": {"whattheysaid", "whattheywrote", "whatwassaid", "whatpatientssaid", "whatthepatientsaid", "whatpeoplesaid", "said", "quote", "words", "remark", "remarks",
		"reviewtext", "reviewcontent", "reviewbody", "reviewcomment", "reviewcomments", "reviewmessage", "reviewdescription", "fullreview", "originalreview", "review", "comment",
		"comments", "text", "content", "body", "feedback", "feedbacktext", "customerfeedback", "patientcomment", "patientcomments", "testimonial", "message", "description", "opentext", "verbatim", "snippet", "excerpt",
		"textodelaresena", "textodelaopinion", "resena", "opinion", "comentario", "comentarios", "texto", "contenido", "mensaje",
		"bewertungstext", "rezensionstext", "rezension", "kommentar", "kommentare", "inhalt", "erfahrungsbericht", "nachricht",
		"textedelavis", "contenudelavis", "avis", "commentaire", "commentaires", "texte", "contenu", "temoignage"},
	"stars": {"howmanystars", "starsoutof5", "scoreoutof5", "ratingoutof10", "scoreoutof10", "starsoutof10", "outof5", "outof10", "rating10", "score10", "rating110",
		"starrating", "rating", "stars", "reviewrating", "reviewscore", "reviewstars", "star", "score", "overallrating", "overallscore", "ratingvalue", "ratingscore", "numberofstars", "starcount",
		"recommendation", "recommended", "recommends", "recommendationtype", "reviewsrating", "overall", "ratingoutof5", "rating15", "nps", "grade",
		"calificacion", "puntuacion", "valoracion", "estrellas", "numerodeestrellas", "nota", "recomendacion",
		"bewertung", "sterne", "sternebewertung", "anzahlsterne", "gesamtbewertung", "punkte", "empfehlung",
		"note", "etoiles", "nombredetoiles", "evaluation", "notation", "noteglobale", "recommandation"},
	"author": {"who", "whosaidit", "whowroteit", "by", "authorname", "author", "reviewername", "reviewer", "reviewauthor", "reviewedby", "authordisplayname", "reviewerdisplayname", "displayname", "customername", "customer", "clientname", "client",
		"patientname", "patient", "consumer", "consumername", "username", "user", "fullname", "name", "postedby", "writtenby", "from", "nickname", "contactname", "guest", "guestname",
		"autor", "nombredelautor", "nombre", "cliente", "nombredelcliente", "paciente", "usuario",
		"verfasser", "rezensent", "bewerter", "kunde", "kundenname", "benutzer", "benutzername", "nutzer",
		"auteur", "nomdelauteur", "nom", "nomduclient", "utilisateur"},
	"date": {"reviewdate", "datepublished", "publishdate", "publisheddate", "publishedon", "publishedat", "published", "datereviewed", "dateofreview", "date", "reviewcreatedat", "reviewtime", "createdat", "createdon",
		"createddate", "datecreated", "creationdate", "created", "createtime", "timecreated", "submitted", "submittedat", "submitteddate", "submissiondate", "datesubmitted", "dateposted", "posteddate", "postedon",
		"posted", "postedat", "reviewedat", "reviewedon", "datetime", "time", "timestamp", "day", "receivedat", "receiveddate", "datereceived", "when",
		"fechadelaresena", "fechaderesena", "fechadepublicacion", "fechadecreacion", "fecha", "fechayhora", "publicado",
		"bewertungsdatum", "datumderbewertung", "veroffentlicht", "veroffentlichtam", "erstelltam", "erstellt", "erstellungsdatum", "datum", "zeitpunkt", "zeit",
		"datedelavis", "datedepublication", "datedecreation", "publiele", "creele", "horodatage"},
	"site": {"where", "wheresaid", "whereposted", "foundon", "site", "sitename", "source", "sourcename", "sourcetype", "platform", "platformname", "publisher", "publishername", "channel", "reviewsite", "reviewsource", "reviewplatform", "provider", "network", "directory", "postedto",
		"fuente", "plataforma", "sitio", "origen", "canal",
		"quelle", "plattform", "portal", "bewertungsportal", "kanal",
		"plateforme", "canaldorigine", "provenance"},
	"url": {"reviewurl", "reviewlink", "linktoreview", "permalink", "url", "link", "reviewpermalink", "sourceurl", "webaddress", "address",
		"enlace", "enlacedelaresena", "linkzurbewertung", "bewertungslink", "verweis", "lien", "liendelavis", "urldelavis"},
	"id": {"reviewid", "sitereviewid", "externalreviewid", "sourcereviewid", "externalid", "reviewuid", "reviewnumber", "id", "uid", "uuid", "guid", "reference", "referenceid",
		"iddelaresena", "idresena", "identificador", "bewertungsid", "rezensionsid", "kennung", "iddelavis", "idavis", "identifiant"},
	"title": {"title", "reviewtitle", "headline", "reviewheadline", "reviewsubject", "subject", "heading", "summary",
		"titulo", "asunto", "titel", "uberschrift", "betreff", "titre", "titredelavis", "objet"},
	"place": {"location", "locationname", "business", "businessname", "branch", "branchname", "storecode", "store", "storename", "entityid", "entityname", "locationid", "office", "officename", "practice",
		"practicename", "clinic", "clinicname", "listing", "listingname", "profile", "businessunit", "site address",
		"ubicacion", "sucursal", "negocio", "consultorio", "clinica", "sede", "establecimiento",
		"standort", "standortname", "filiale", "praxis", "unternehmen",
		"lieu", "emplacement", "etablissement", "cabinet", "agence"},
	"reply": {"ownerreply", "ownerresponse", "reviewreply", "reviewresponse", "businessresponse", "businessreply", "companyreply", "companyresponse", "replytext", "responsetext", "responsecomment", "replycomment", "replycontent",
		"responsebody", "responsesbody", "publicresponse", "publicreply", "providerresponse", "reply", "response", "responses", "replies", "ourreply", "ourresponse", "answer",
		"respuesta", "respuestadelpropietario", "textodelarespuesta", "antwort", "antworttext", "antwortdesinhabers", "reponse", "reponseduproprietaire", "textedelareponse"},
	"reply date": {"responsedate", "replydate", "responsescreatedat", "responsetime", "replytime", "respondedat", "respondedon", "repliedat", "repliedon", "ownerreplydate", "ownerresponsedate", "dateofresponse", "dateofreply",
		"dateresponded", "datereplied", "responsecreatedat", "replycreatedat", "replyupdatetime", "fechaderespuesta", "fechadelarespuesta", "antwortdatum", "datumderantwort", "beantwortetam",
		"datedereponse", "datedelareponse", "reponduele"},
}

// aliasOf are the same by header, with their rank in the list of their field.
var aliasOf = func() map[string]alias {
	known := map[string]alias{}
	for _, field := range Fields() {
		for rank, name := range aliases[field] {
			k := key(name)
			if held, ok := known[k]; !ok || rank < held.rank {
				known[k] = alias{field, rank}
			}
		}
	}
	return known
}()

type alias struct {
	field string
	rank  int
}
