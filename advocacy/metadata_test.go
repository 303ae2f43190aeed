package advocacy

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"
)

// onlyPixels fails unless a written picture has nothing in it but what draws its pixels: every segment of a JPEG and every chunk of a PNG
// is looked at, and nothing may follow the end.
func onlyPixels(t testing.TB, file []byte) {
	t.Helper()
	if bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")) {
		for rest := file[8:]; len(rest) > 0; {
			size, name := int(binary.BigEndian.Uint32(rest)), string(rest[4:8])
			if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}, name) {
				t.Fatalf("the PNG has a chunk %q", name)
			}
			rest = rest[12+size:]
		}
		return
	}
	if !bytes.HasPrefix(file, []byte{0xFF, 0xD8}) {
		t.Fatal("neither JPEG nor PNG was written")
	}
	draws := []byte{0xC0, 0xC4, 0xDB, 0xDA} // frame, Huffman tables, quantisation tables, scan
	for at := 2; ; {
		marker := file[at+1]
		if file[at] != 0xFF || !slices.Contains(draws, marker) {
			t.Fatalf("the JPEG has a segment %X", marker)
		}
		at += 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if marker != 0xDA {
			continue
		}
		for ; file[at] != 0xFF || file[at+1] == 0; at++ { // the pixels
		}
		if file[at+1] != 0xD9 || at+2 != len(file) {
			t.Fatalf("something follows the pixels: %X, %d bytes", file[at+1], len(file)-at)
		}
		return
	}
}

// secrets is what must not survive, as a phone or a program would write it.
var secrets = []string{"GPS 46.7867 N 92.1005 W", "Photographer: Otto Frane", "Canon EOS serial 0042", "http://ns.adobe.com/xap/1.0/", "Photoshop 3.0"}

func segment(marker byte, text string) []byte {
	return append([]byte{0xFF, marker}, append(binary.BigEndian.AppendUint16(nil, uint16(len(text)+2)), text...)...)
}

// laden is a JPEG with all the blocks in which metadata is kept, and bytes after its end.
func laden(t testing.TB, picture image.Image) []byte {
	file := withExif(t, picture, 6, binary.BigEndian)
	out := slices.Clone(file[:2])
	out = append(out, segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secrets[0]+"</x:xmpmeta>")...)
	out = append(out, segment(0xED, "Photoshop 3.0\x008BIM\x04\x04"+secrets[1])...)
	out = append(out, segment(0xE2, "ICC_PROFILE\x00\x01\x01"+secrets[2])...)
	out = append(out, segment(0xFE, "Photographer: Otto Frane")...)
	return append(append(out, file[2:]...), secrets[0]...)
}

func chunk(name, data string) []byte {
	body := append([]byte(name), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// ladenPNG is a PNG with text, XMP, a time and an EXIF block that turns it.
func ladenPNG(t testing.TB, picture image.Image) []byte {
	var plain bytes.Buffer
	if err := png.Encode(&plain, picture); err != nil {
		t.Fatal(err)
	}
	file := plain.Bytes()
	head := 8 + 12 + 13 // the signature and IHDR
	out := slices.Clone(file[:head])
	out = append(out, chunk("tEXt", "Author\x00"+secrets[1])...)
	out = append(out, chunk("zTXt", "Comment\x00\x00"+secrets[0])...)
	out = append(out, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secrets[0])...)
	out = append(out, chunk("tIME", "\x07\xEA\x0B\x16\x0F\x00\x00")...)
	out = append(out, chunk("eXIf", "MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"+secrets[2])...)
	return append(append(out, file[head:]...), secrets[0]...)
}

func TestNothingButPixelsSurvives(t *testing.T) {
	clear := marked(64, 32)
	clear.SetNRGBA(3, 3, color.NRGBA{})
	for name, file := range map[string][]byte{"JPEG": laden(t, marked(64, 32)), "PNG": ladenPNG(t, marked(64, 32)), "PNG seen through": ladenPNG(t, clear)} {
		got, err := clean(t.Context(), bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		onlyPixels(t, got.data)
		for _, secret := range secrets {
			if !bytes.Contains(file, []byte(secret)) && name == "JPEG" {
				t.Fatalf("the test picture does not hold %q", secret)
			}
			if bytes.Contains(got.data, []byte(secret)) {
				t.Errorf("%s: %q is still there", name, secret)
			}
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(got.data))
		if err != nil || config.Width != 32 || config.Height != 64 {
			t.Errorf("%s: it does not stand upright: %d by %d, %v", name, config.Width, config.Height, err)
		}
	}
}

func FuzzNothingButPixelsSurvives(f *testing.F) {
	f.Add(laden(f, marked(16, 8)))
	f.Add(ladenPNG(f, marked(16, 8)))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xfe\x05hello\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && config.Width*config.Height > 1<<16 {
			t.Skip("large, and nothing new")
		}
		got, err := clean(t.Context(), bytes.NewReader(file))
		if err != nil {
			if !errors.Is(err, ErrPicture) {
				t.Errorf("got %v", err)
			}
			return
		}
		onlyPixels(t, got.data)
		if strings.HasSuffix(got.file, ".jpg") != bytes.HasPrefix(got.data, []byte{0xFF, 0xD8}) {
			t.Errorf("%s is named wrongly", got.file)
		}
	})
}

func FuzzRender(f *testing.F) {
	var small bytes.Buffer
	if err := png.Encode(&small, marked(40, 30)); err != nil {
		f.Fatal(err)
	}
	f.Add(0.0, 0.0, 1.0, 1.0, 0)
	f.Add(-1e300, 0.5, 1e-300, 2.0, 3)
	f.Fuzz(func(t *testing.T, x, y, w, h float64, which int) {
		n := Networks()[uint(which)%uint(len(Networks()))]
		n.Pictures.Shapes = []Shape{{ID: "thin", Width: 3 + int(uint(which)%40), Height: 30}}
		got, err := render(small.Bytes(), n, Crop{X: x, Y: y, W: w, H: h})
		if err != nil || got.Width < 1 || got.Height < 1 || got.Width > 40 || got.Height > 30 {
			t.Errorf("got %d by %d, %v", got.Width, got.Height, err)
		}
	})
}

// photo24 is a picture of 24 million points as a camera writes it.
func photo24(t testing.TB) []byte {
	p := image.NewYCbCr(image.Rect(0, 0, 6000, 4000), image.YCbCrSubsampleRatio420)
	for i := range p.Y {
		p.Y[i] = byte(i*7>>3 ^ i/6000)
	}
	for i := range p.Cb {
		p.Cb[i], p.Cr[i] = byte(i>>6), byte(i>>7)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A large photo is halved first; what comes out is the same picture.
func TestALargePhotoKeepsItsColours(t *testing.T) {
	photo := image.NewYCbCr(image.Rect(0, 0, 4401, 2203), image.YCbCrSubsampleRatio420)
	corners := []color.RGBA{{200, 30, 30, 255}, {30, 180, 40, 255}, {40, 50, 190, 255}, {230, 220, 60, 255}}
	for y := range 2203 {
		for x := range 4401 {
			c := corners[x*2/4402+y*2/2204*2]
			yy, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
			photo.Y[photo.YOffset(x, y)], photo.Cb[photo.COffset(x, y)], photo.Cr[photo.COffset(x, y)] = yy, cb, cr
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, photo, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	got, err := clean(t.Context(), &file)
	if err != nil {
		t.Fatal(err)
	}
	small, err := jpeg.Decode(bytes.NewReader(got.data))
	if err != nil || small.Bounds().Dx() != longSide || small.Bounds().Dy() < 1024 || small.Bounds().Dy() > 1026 {
		t.Fatalf("got %v, %v", small.Bounds(), err)
	}
	for i, want := range corners {
		r, g, b, _ := small.At(300+i%2*1400, 200+i/2*600).RGBA()
		for _, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
			if d < -6 || d > 6 {
				t.Errorf("corner %d: got %d %d %d, want %v", i, r>>8, g>>8, b>>8, want)
			}
		}
	}
}

func TestALargePictureTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	file := photo24(t)
	var told []float64
	started := time.Now()
	got, err := clean(WithProgress(t.Context(), func(done float64) { told = append(told, done) }), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes in, %d out, %s", len(file), len(got.data), time.Since(started).Round(time.Millisecond))
	if len(told) < 3 || !slices.IsSorted(told) {
		t.Errorf("told %v", told)
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err = clean(WithProgress(ctx, func(done float64) { stop() }), bytes.NewReader(file))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkLargePicture(b *testing.B) {
	file := photo24(b)
	for b.Loop() {
		if _, err := clean(b.Context(), bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}
