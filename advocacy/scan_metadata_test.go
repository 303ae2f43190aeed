package advocacy

import (
	"bytes"
	"encoding/binary"
	"image"
	"testing"
)

// A photo of a signed paper keeps its pixels and its way up, and nothing of the place where it was taken.
func TestASignedCopyForgetsThePlace(t *testing.T) {
	file := withExif(t, marked(64, 32), 6, binary.BigEndian)
	scan, err := readScan(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(scan.Data, []byte("GPS")) {
		t.Error("the place is still there")
	}
	if got := orientation(scan.Data); got != 6 {
		t.Errorf("it lies on its side: %d", got)
	}
	before, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := image.Decode(bytes.NewReader(scan.Data))
	if err != nil || !bytes.Equal(before.(*image.YCbCr).Y, after.(*image.YCbCr).Y) {
		t.Errorf("the pixels are others: %v", err)
	}
	chunk := func(name, data string) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		return append(append(append(out, name...), data...), 0, 0, 0, 0)
	}
	png := append([]byte("\x89PNG\r\n\x1a\n"), append(chunk("eXIf", "GPS here"), chunk("IDAT", "pixels")...)...)
	if got := withoutMetadata("png", png); bytes.Contains(got, []byte("GPS")) || !bytes.Contains(got, []byte("pixels")) {
		t.Errorf("got %q", got)
	}
}
