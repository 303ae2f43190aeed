package advocacy_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"pgregory.net/rapid"

	"goodword/advocacy"
)

func grey(t testing.TB, side int) *bytes.Buffer {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return &file
}

func allChecks() []string {
	var all []string
	checks, _ := advocacy.PictureChecks()
	for _, c := range checks {
		all = append(all, c.ID)
	}
	return all
}

func TestEveryNetworkHasSizesWithASource(t *testing.T) {
	for _, n := range advocacy.Networks() {
		if len(n.Pictures.Shapes) == 0 || n.Pictures.Source == "" || n.Pictures.Status == "" {
			t.Fatalf("%s has no sizes or no source", n.ID)
		}
		seen := map[string]bool{}
		for _, s := range n.Pictures.Shapes {
			if s.Width < 400 || s.Height < 400 || s.Name == "" || seen[s.ID] {
				t.Errorf("%s: %+v", n.ID, s)
			}
			seen[s.ID] = true
		}
	}
}

// Whatever is dragged where: the part lies within the picture and has the shape.
func TestAFittedCropLiesInThePictureAndHasTheShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64()
		c := advocacy.Crop{X: share.Draw(t, "x"), Y: share.Draw(t, "y"), W: share.Draw(t, "w"), H: share.Draw(t, "h")}
		shape := advocacy.Shape{ID: "s", Width: rapid.IntRange(200, 2000).Draw(t, "shape w"), Height: rapid.IntRange(200, 2000).Draw(t, "shape h")}
		w, h := rapid.IntRange(1, 4000).Draw(t, "width"), rapid.IntRange(1, 4000).Draw(t, "height")
		got := c.Fitted(shape, w, h)
		const little = 1e-9
		if !(got.X >= 0 && got.Y >= 0 && got.W > 0 && got.H > 0 && got.X+got.W <= 1+little && got.Y+got.H <= 1+little) {
			t.Fatalf("%+v lies outside", got)
		}
		if ratio := got.W * float64(w) / (got.H * float64(h)); math.Abs(ratio/shape.Ratio()-1) > 1e-6 {
			t.Fatalf("%+v has the shape %f, want %f", got, ratio, shape.Ratio())
		}
		again := got.Fitted(shape, w, h)
		if math.Abs(again.X-got.X)+math.Abs(again.Y-got.Y)+math.Abs(again.W-got.W) > 1e-6 {
			t.Fatalf("fitted twice it moves: %+v, %+v", got, again)
		}
	})
}

func TestRenderCutsSizesAndBounds(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	noise := image.NewRGBA(image.Rect(0, 0, 2000, 1500))
	for i := range noise.Pix {
		noise.Pix[i] = byte((i*2654435761)>>13) | 0x01
	}
	for y := range 1500 {
		for x := range 2000 {
			noise.Pix[noise.PixOffset(x, y)+3] = 255
			if x < 1000 {
				noise.Set(x, y, color.RGBA{R: 255, A: 255})
			}
		}
	}
	var file bytes.Buffer
	d.must(t, jpeg.Encode(&file, noise, &jpeg.Options{Quality: 95}))
	p, err := d.SavePicture(ctx, v.ID, &file, "Noise", d.hr.Actor())
	d.must(t, err)
	for _, n := range advocacy.Networks() {
		got, err := d.Render(ctx, p, n.ID)
		d.must(t, err)
		config, kind, err := image.DecodeConfig(bytes.NewReader(got.Data))
		d.must(t, err)
		shape := n.Pictures.Shapes[0]
		if config.Width != got.Width || math.Abs(float64(got.Width)/float64(got.Height)-shape.Ratio()) > 0.01 || got.Width > shape.Width || "image/"+kind != got.Type || got.Alt != "Noise" {
			t.Errorf("%s: got %d by %d, %s, want the shape of %+v", n.ID, got.Width, got.Height, got.Type, shape)
		}
		if n.Pictures.Bytes > 0 && len(got.Data) > n.Pictures.Bytes {
			t.Errorf("%s: %d bytes, at most %d", n.ID, len(got.Data), n.Pictures.Bytes)
		}
	}
	d.must(t, d.CropPicture(ctx, v.ID, "facebook", advocacy.Crop{X: 0, Y: 0, W: 0.4, H: 0.5, Shape: "square"}, d.hr.Actor()))
	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	got, err := d.Render(ctx, v.Picture, "facebook")
	d.must(t, err)
	picture, err := jpeg.Decode(bytes.NewReader(got.Data))
	d.must(t, err)
	if r, g, _, _ := picture.At(got.Width-5, got.Height/2).RGBA(); got.Width != got.Height || r < 0xC000 || g > 0x4000 {
		t.Errorf("the left half is red: got %d by %d with %x %x", got.Width, got.Height, r, g)
	}
	for _, c := range []advocacy.Crop{{X: -1, W: 1, H: 1}, {W: math.NaN(), H: 1}, {W: 2, H: 1}} {
		wants(t, d.CropPicture(ctx, v.ID, "facebook", c, d.hr.Actor()), advocacy.ErrPicture, "0 to 1")
	}
	wants(t, d.CropPicture(ctx, v.ID, "facebook", advocacy.Crop{Shape: "moon"}, d.hr.Actor()), advocacy.ErrNotFound, "moon")
	d.must(t, d.CropPicture(ctx, v.ID, "facebook", advocacy.Crop{}, d.hr.Actor()))
	if v, _ = d.Find(ctx, v.ID); len(v.Picture.Crops) != 0 {
		t.Errorf("got %v", v.Picture.Crops)
	}
	_, err = d.CopyPicture(ctx, v.ID, "facebook", d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "reviewed and scheduled")
	_, err = d.Render(ctx, v.Picture, "myspace")
	wants(t, err, advocacy.ErrNotFound, fmt.Sprintf("%q", "myspace"))
}
