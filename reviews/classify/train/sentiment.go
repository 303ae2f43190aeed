package main

import (
	"hash/fnv"
	"math"
	"math/rand"
	"sync"

	"goodword/reviews/classify"
)

const (
	rounds = 5
	rate   = 0.12
	decay  = 1e-5
)

// row is one labelled text as the sentiment model sees it.
type row struct {
	features classify.Features
	label    int
	weight   float64
	review   bool // of the kind that the program is for
	public   bool
	fold     int // in which it is judged by a model that has not seen it; -1 for none
}

func score(m *classify.Model, f classify.Felt) [3]float64 {
	var halves, whole [3]float64
	for _, h := range f.Hashed {
		w := m.Hashed[int(h)*3:]
		for k := range whole {
			whole[k] += w[k]
		}
	}
	for _, h := range f.Halves {
		w := m.Hashed[int(h)*3:]
		for k := range halves {
			halves[k] += w[k]
		}
	}
	for k := range whole {
		whole[k] = f.Weight*(whole[k]+halves[k]/2) + m.Bias[k]
	}
	return whole
}

func scores(m *classify.Model, f classify.Features) [3]float64 {
	s := score(m, f.Whole)
	for i, v := range f.Dense {
		for k := range s {
			s[k] += v * m.Dense[i][k]
		}
	}
	return s
}

// pooled is what the second step sees of a text.
func pooled(m *classify.Model, f classify.Features) [classify.Pooled]float64 {
	var leans []float64
	for _, s := range f.Sentences {
		p := score(m, s)
		leans = append(leans, p[2]-p[0])
	}
	return f.Pool(scores(m, f), leans)
}

// judge is what both steps say of a text.
func judge(m *classify.Model, f classify.Features) [3]float64 {
	if !classify.LikeReview(f.Words, len(f.Sentences)) {
		return shares(scores(m, f), m.Heat)
	}
	return shares(second(m, pooled(m, f)), 1)
}

func second(m *classify.Model, x [classify.Pooled]float64) [3]float64 {
	s := m.Pooled[classify.Pooled]
	for i, v := range x {
		for k := range s {
			s[k] += v * m.Pooled[i][k]
		}
	}
	return s
}

func shares(s [3]float64, heat float64) [3]float64 {
	most, total := max(s[0], s[1], s[2]), 0.0
	for k := range s {
		s[k] = math.Exp((s[k] - most) / heat)
		total += s[k]
	}
	for k := range s {
		s[k] /= total
	}
	return s
}

// fit finds the weights of the first step by AdaGrad (Duchi and others, 2011) on the cross entropy.
func fit(rows []row) *classify.Model {
	m := &classify.Model{Hashed: make([]float64, classify.Buckets*3), Heat: 1}
	pace := classify.Model{Hashed: make([]float64, classify.Buckets*3)}
	step := func(w, seen *float64, gradient float64) {
		*seen += gradient * gradient
		*w -= rate * gradient / (math.Sqrt(*seen) + 1e-6)
	}
	order := rand.New(rand.NewSource(7))
	for range rounds {
		for _, i := range order.Perm(len(rows)) {
			r := rows[i]
			p := shares(scores(m, r.features), 1)
			for k := range p {
				miss := p[k] * r.weight
				if k == r.label {
					miss -= r.weight
				}
				whole := &r.features.Whole
				for _, h := range whole.Hashed {
					at := int(h)*3 + k
					step(&m.Hashed[at], &pace.Hashed[at], miss*whole.Weight+decay*m.Hashed[at])
				}
				for _, h := range whole.Halves {
					at := int(h)*3 + k
					step(&m.Hashed[at], &pace.Hashed[at], miss*whole.Weight/2+decay*m.Hashed[at])
				}
				for j, v := range r.features.Dense {
					step(&m.Dense[j][k], &pace.Dense[j][k], miss*v+decay*m.Dense[j][k])
				}
				step(&m.Bias[k], &pace.Bias[k], miss)
			}
		}
	}
	return m
}

// unseen is what models say of texts that they have not seen.
type unseen struct {
	row
	score [3]float64
	pool  [classify.Pooled]float64
}

// crossed judges each row that has a fold by a model which all rows but that fold's made.
func crossed(rows []row) []unseen {
	parts := make([][]unseen, folds)
	var wait sync.WaitGroup
	for fold := range folds {
		wait.Go(func() {
			var others []row
			for _, r := range rows {
				if r.fold != fold {
					others = append(others, r)
				}
			}
			m := fit(others)
			for _, r := range rows {
				if r.fold == fold {
					parts[fold] = append(parts[fold], unseen{r, scores(m, r.features), pooled(m, r.features)})
				}
			}
		})
	}
	wait.Wait()
	var out []unseen
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func foldOf(text string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte("fold " + text))
	return int(h.Sum32() % folds)
}

// train makes the model of both steps. What the second sees, and the heat of the first, come from models that have not seen the text.
func train(rows []row) *classify.Model {
	texts := crossed(rows)
	m := fit(rows)
	m.Heat = calibrate(texts)
	m.Pooled = fitSecond(texts)
	return m
}

const (
	secondRounds = 600
	secondRate   = 0.05
	secondDecay  = 1.0  // of weights, in texts
	elsewhereTo  = 0.05 // what a text of the public sets counts beside a review
	unheard      = 1.8  // what a negative review counts beside another: to miss one is worse than a false alarm
)

// fitSecond finds the weights of the second step, on reviews and a little on the longer texts of the public sets.
func fitSecond(texts []unseen) (out [classify.Pooled + 1][3]float64) {
	var rows []unseen
	var mean, spread [classify.Pooled]float64
	total := 0.0
	for _, u := range texts {
		long := classify.LikeReview(u.features.Words, len(u.features.Sentences))
		switch {
		case u.review:
			if u.weight = 1; u.label == 0 {
				u.weight = unheard
			}
		case u.public && long:
			u.weight *= elsewhereTo / 2
		default:
			continue
		}
		rows = append(rows, u)
		total += u.weight
		for i, v := range u.pool {
			mean[i] += u.weight * v
			spread[i] += u.weight * v * v
		}
	}
	for i := range mean {
		mean[i] /= total
		spread[i] = math.Sqrt(max(1e-9, spread[i]/total-mean[i]*mean[i]))
	}
	for r := range rows {
		for i := range rows[r].pool {
			rows[r].pool[i] = (rows[r].pool[i] - mean[i]) / spread[i]
		}
	}
	m, pace := &classify.Model{}, &classify.Model{}
	for range secondRounds {
		var down [classify.Pooled + 1][3]float64
		for _, u := range rows {
			p := shares(second(m, u.pool), 1)
			p[u.label]--
			for k := range p {
				for i, v := range u.pool {
					down[i][k] += u.weight * p[k] * v
				}
				down[classify.Pooled][k] += u.weight * p[k]
			}
		}
		for i := range down {
			for k := range down[i] {
				g := down[i][k]
				if i < classify.Pooled {
					g += secondDecay * m.Pooled[i][k]
				}
				pace.Pooled[i][k] += g * g
				m.Pooled[i][k] -= secondRate * g / (math.Sqrt(pace.Pooled[i][k]) + 1e-6)
			}
		}
	}
	out = m.Pooled
	for i := range mean {
		for k := range out[i] {
			out[i][k] /= spread[i]
			out[classify.Pooled][k] -= out[i][k] * mean[i]
		}
	}
	return out
}

// calibrate finds the heat at which the shares of short texts are as often right as they say (Guo and others, 2017).
func calibrate(texts []unseen) float64 {
	best, least := 1.0, math.Inf(1)
	for heat := 0.5; heat < 4; heat += 0.05 {
		loss := 0.0
		for _, u := range texts {
			if u.public && !classify.LikeReview(u.features.Words, len(u.features.Sentences)) {
				loss -= math.Log(max(1e-9, shares(u.score, heat)[u.label]))
			}
		}
		if loss < least {
			best, least = heat, loss
		}
	}
	return best
}

func measure(m *classify.Model, rows []row) (accuracy, f1, precision, recall float64) {
	var hit, wrong, missed [3]float64
	right := 0.0
	for _, r := range rows {
		s := judge(m, r.features)
		got := 0
		for k := range s {
			if s[k] > s[got] {
				got = k
			}
		}
		if got == r.label {
			right++
			hit[got]++
		} else {
			wrong[got]++
			missed[r.label]++
		}
	}
	of := func(k int) float64 { return 2 * hit[k] / (2*hit[k] + wrong[k] + missed[k]) }
	return round(right / float64(len(rows))), round((of(0) + of(2)) / 2), round(hit[0] / (hit[0] + wrong[0])), round(hit[0] / (hit[0] + missed[0]))
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }
