package advocacy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// marked is a picture of two by one halves: the left one red, the right one blue, so that a turn can be seen.
func marked(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 220, A: 255}
			if x >= w/2 {
				c = color.NRGBA{B: 220, A: 255}
			}
			p.SetNRGBA(x, y, c)
		}
	}
	return p
}

// withExif is a JPEG with an EXIF block that holds an orientation and a place in words.
func withExif(t testing.TB, picture image.Image, orientation uint16, order binary.AppendByteOrder) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, picture, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II")
	if order == binary.BigEndian {
		tiff = []byte("MM")
	}
	tiff = order.AppendUint32(order.AppendUint16(tiff, 42), 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, orientation), 0)
	tiff = append(order.AppendUint32(tiff, 0), "GPS 46.7867 N 92.1005 W"...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(out, part...), plain.Bytes()[2:]...)
}

func TestCleanTurnsUprightAndForgetsTheRest(t *testing.T) {
	red := func(p image.Image, x, y int) bool { r, _, b, _ := p.At(x, y).RGBA(); return r > b }
	tests := []struct {
		orientation uint16
		w, h        int
		x, y        int // where the red half lies afterwards
	}{
		{1, 64, 32, 4, 16}, {2, 64, 32, 60, 16}, {3, 64, 32, 60, 16}, {4, 64, 32, 4, 16},
		{5, 32, 64, 16, 4}, {6, 32, 64, 16, 4}, {7, 32, 64, 16, 60}, {8, 32, 64, 16, 60}, {9, 64, 32, 4, 16},
	}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, test := range tests {
			file := withExif(t, marked(64, 32), test.orientation, order)
			if !bytes.Contains(file, []byte("GPS")) {
				t.Fatal("the test picture has no metadata")
			}
			got, err := clean(t.Context(), bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(got.data, []byte("GPS")) || bytes.Contains(got.data, []byte("Exif")) {
				t.Errorf("orientation %d: metadata is still there", test.orientation)
			}
			picture, err := jpeg.Decode(bytes.NewReader(got.data))
			if err != nil {
				t.Fatal(err)
			}
			if b := picture.Bounds(); b.Dx() != test.w || b.Dy() != test.h {
				t.Errorf("orientation %d: got %v, want %d by %d", test.orientation, b, test.w, test.h)
			}
			if !red(picture, test.x, test.y) {
				t.Errorf("orientation %d: the red half is not where it belongs", test.orientation)
			}
		}
	}
}

func TestCleanBounds(t *testing.T) {
	var wide bytes.Buffer
	if err := png.Encode(&wide, marked(4000, 100)); err != nil {
		t.Fatal(err)
	}
	got, err := clean(t.Context(), &wide)
	if err != nil {
		t.Fatal(err)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(got.data))
	if err != nil || config.Width != longSide || config.Height != 51 {
		t.Errorf("got %d by %d, %v, want %d by 51", config.Width, config.Height, err, longSide)
	}
	clear := marked(20, 20)
	clear.SetNRGBA(3, 3, color.NRGBA{})
	var seeThrough bytes.Buffer
	if err := png.Encode(&seeThrough, clear); err != nil {
		t.Fatal(err)
	}
	if got, err = clean(t.Context(), &seeThrough); err != nil || !strings.HasSuffix(got.file, ".png") {
		t.Errorf("a picture that is seen through stays a PNG, got %q, %v", got.file, err)
	}
}

func TestCleanRefuses(t *testing.T) {
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, marked(64, 64), nil); err != nil {
		t.Fatal(err)
	}
	huge := []byte{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}
	huge = append(huge, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0)
	huge = append(huge, 0xA8, 0xB6, 0xA6, 0x1F) // 65,536 by 65,536; the check sum is of no matter, both ways are refused
	tests := []struct{ name, file, want string }{
		{"text", "hello", "not a JPEG"},
		{"nothing", "", "not a JPEG"},
		{"HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "Settings, Camera, Formats"},
		{"cut off", string(jpg.Bytes()[:jpg.Len()-10]), "damaged"},
		{"too large", strings.Repeat("x", maxPictureFile+1), "larger than 30 MB"},
		{"a bomb", string(huge), "picture"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := clean(t.Context(), strings.NewReader(test.file))
			if !errors.Is(err, ErrPicture) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an ErrPicture with %q", err, test.want)
			}
		})
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(withExif(f, marked(8, 8), 6, binary.BigEndian))
	f.Add(withExif(f, marked(8, 8), 3, binary.LittleEndian))
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 2})
	f.Fuzz(func(t *testing.T, file []byte) {
		if got := orientation(file); got < 1 || got > 8 {
			t.Errorf("got %d", got)
		}
	})
}
