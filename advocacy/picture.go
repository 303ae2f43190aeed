package advocacy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"

	_ "image/gif" // read, never written

	scale "golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // read, never written

	"goodword/internal/refusal"
)

// The bounds of a picture: what may come in, and how large the copy is at most.
const (
	maxPictureFile   = 30 << 20
	maxPicturePixels = 60_000_000
	longSide         = 2048
	jpegQuality      = 88
)

// ErrPicture says that a file cannot be taken as a picture.
var ErrPicture = errors.New("the picture cannot be used")

// cleaned is a picture as it is kept: upright, bounded, without metadata.
type cleaned struct {
	data []byte
	hash string
	file string // named after the hash, so that the same picture is kept once
}

// progressKey carries who is told how far a picture is.
type progressKey struct{}

// WithProgress has told called while a picture is brought in, with the share that is done, on the goroutine that works.
func WithProgress(ctx context.Context, told func(done float64)) context.Context {
	return context.WithValue(ctx, progressKey{}, told)
}

// reach tells how far the work is, and ends it when it was cancelled.
func reach(ctx context.Context, done float64) error {
	if told, ok := ctx.Value(progressKey{}).(func(float64)); ok {
		told(done)
	}
	return ctx.Err()
}

// clean reads a picture and writes it anew. What is not pixels (place, time, device, thumbnails, comments) does not survive.
func clean(ctx context.Context, r io.Reader) (cleaned, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPictureFile+1))
	if err != nil {
		return cleaned{}, fmt.Errorf("The picture cannot be read: %w", err)
	}
	if len(raw) > maxPictureFile {
		return cleaned{}, refusal.Because(ErrPicture, "The picture is larger than %d MB. Save a smaller copy and use that", maxPictureFile>>20)
	}
	if isHEIC(raw) {
		return cleaned{}, refusal.Because(ErrPicture, "This is a HEIC picture: on the iPhone choose Settings, Camera, Formats, \"Most Compatible\" and take it again, or mail it to yourself, which makes a JPEG of it")
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return cleaned{}, refusal.Because(ErrPicture, "This file is not a JPEG, PNG, GIF or WebP picture")
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPicturePixels/config.Height {
		return cleaned{}, refusal.Because(ErrPicture, "The picture has too many pixels (%d by %d). Save a smaller copy and use that", config.Width, config.Height)
	}
	if err := reach(ctx, 0.1); err != nil {
		return cleaned{}, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return cleaned{}, refusal.Because(ErrPicture, "The picture is damaged and cannot be read to its end")
	}
	if err := reach(ctx, 0.4); err != nil {
		return cleaned{}, err
	}
	small := upright(shrink(halved(decoded), longSide), orientation(raw))
	if err := reach(ctx, 0.8); err != nil {
		return cleaned{}, err
	}
	return encode(small, jpegQuality)
}

func encode(picture *image.RGBA, quality int) (cleaned, error) {
	var out bytes.Buffer
	var err error
	ending := ".jpg"
	if !picture.Opaque() {
		ending, err = ".png", png.Encode(&out, picture)
	} else {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return cleaned{}, fmt.Errorf("The picture cannot be written: %w", err)
	}
	sum := sha256.Sum256(out.Bytes())
	hash := hex.EncodeToString(sum[:])
	return cleaned{data: out.Bytes(), hash: hash, file: hash[:24] + ending}, nil
}

// isHEIC knows the box at the start of the files that phones write.
func isHEIC(raw []byte) bool {
	if len(raw) < 12 || string(raw[4:8]) != "ftyp" {
		return false
	}
	brand := string(raw[8:12])
	return brand == "heic" || brand == "heix" || brand == "mif1" || brand == "heif" || brand == "hevc"
}

// halved takes the mean of each four pixels of a large photo, which costs little and leaves the exact work to a quarter of them. A camera keeps
// one colour for each four pixels already, so the colours stay as they are.
func halved(picture image.Image) image.Image {
	from, ok := picture.(*image.YCbCr)
	if !ok || from.SubsampleRatio != image.YCbCrSubsampleRatio420 || max(from.Rect.Dx(), from.Rect.Dy()) < 2*longSide || from.Rect.Min != (image.Point{}) {
		return picture
	}
	w, h := from.Rect.Dx()/2, from.Rect.Dy()/2
	to := &image.YCbCr{Y: make([]byte, w*h), Cb: from.Cb, Cr: from.Cr, YStride: w, CStride: from.CStride,
		SubsampleRatio: image.YCbCrSubsampleRatio444, Rect: image.Rect(0, 0, w, h)}
	for y := range h {
		above, below := from.Y[2*y*from.YStride:], from.Y[(2*y+1)*from.YStride:]
		row := to.Y[y*w : (y+1)*w]
		for x := range row {
			row[x] = byte((int(above[2*x]) + int(above[2*x+1]) + int(below[2*x]) + int(below[2*x+1]) + 2) / 4)
		}
	}
	return to
}

// shrink brings the longer side down to the bound and keeps the shape.
func shrink(picture image.Image, long int) *image.RGBA {
	b := picture.Bounds()
	w, h := b.Dx(), b.Dy()
	if side := max(w, h); side > long {
		w, h = max(1, w*long/side), max(1, h*long/side)
	}
	return scaled(picture, b, w, h)
}

// scaled draws a part of a picture in the size.
func scaled(picture image.Image, part image.Rectangle, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == part.Dx() && h == part.Dy() {
		draw.Draw(out, out.Bounds(), picture, part.Min, draw.Src)
	} else {
		scale.BiLinear.Scale(out, out.Bounds(), picture, part, scale.Src, nil)
	}
	return out
}

// upright turns and mirrors a picture as its EXIF orientation asks.
func upright(from *image.RGBA, orientation int) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	var at func(x, y int) (int, int) // where a pixel of the upright picture lies in the file's
	switch orientation {
	case 2:
		at = func(x, y int) (int, int) { return w - 1 - x, y }
	case 3:
		at = func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 4:
		at = func(x, y int) (int, int) { return x, h - 1 - y }
	case 5:
		at = func(x, y int) (int, int) { return y, x }
	case 6:
		at = func(x, y int) (int, int) { return y, h - 1 - x }
	case 7:
		at = func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }
	case 8:
		at = func(x, y int) (int, int) { return w - 1 - y, x }
	default:
		return from
	}
	wide, high := w, h
	if orientation >= 5 {
		wide, high = h, w
	}
	to := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			fx, fy := at(x, y)
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[from.PixOffset(fx, fy):][:4])
		}
	}
	return to
}

// pictureReady asks for words for those who cannot see the picture, and for every background check, signed by a person.
func (s Step) pictureReady() error {
	p := s.Spotlight.Picture
	if p.File == "" {
		return nil
	}
	if strings.TrimSpace(p.Alt) == "" {
		return refusal.Because(ErrStep, "Say in a few words what the picture shows, for people who cannot see it")
	}
	checks, _ := PictureChecks()
	for _, check := range checks {
		if check.ID == checkPatients && s.Spotlight.Patients > 0 {
			continue // each of them signs an authorization instead; see authorized
		}
		if !slices.Contains(p.Checked, check.ID) {
			return refusal.Because(ErrStep, "The picture is not checked yet: \"%s\"", strings.TrimSuffix(check.Text, "."))
		}
	}
	if p.Signed == 0 {
		return refusal.Because(ErrStep, "The background checks carry nobody's name. Choose who is working and tick them again")
	}
	return nil
}

// The background checks that other answers of the card belong to.
const (
	checkPatients   = "patients"
	checkColleagues = "colleagues"
)
