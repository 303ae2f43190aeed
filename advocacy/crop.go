package advocacy

import (
	"bytes"
	"fmt"
	"image"
	"math"

	"goodword/internal/refusal"
)

// Crop is the part of a picture that a network shows, in shares of its width and height from the top left corner. The zero crop means the
// middle of the picture in the shape of the network.
type Crop struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	W     float64 `json:"w"`
	H     float64 `json:"h"`
	Shape string  `json:"shape,omitempty"` // id of the shape, one of the network's
}

// Shape is a size in which a network shows pictures well.
type Shape struct {
	ID     string `yaml:"id" json:"id"`
	Name   string `yaml:"name" json:"name"`
	Width  int    `yaml:"width" json:"width"`
	Height int    `yaml:"height" json:"height"`
}

// Ratio is the width in heights.
func (s Shape) Ratio() float64 { return float64(s.Width) / float64(s.Height) }

// Rendition is a picture as it goes to a network.
type Rendition struct {
	Data          []byte
	Type          string // "image/jpeg" or "image/png"
	File          string // a name with the right ending
	Alt           string
	Width, Height int
}

// minCrop is how small a part may be, as a share of the side.
const minCrop = 0.05

// ShapeOf is the shape that the crop asks for, or the network's first.
func (n Network) ShapeOf(c Crop) Shape {
	for _, s := range n.Pictures.Shapes {
		if s.ID == c.Shape {
			return s
		}
	}
	return n.Pictures.Shapes[0]
}

// Fitted brings a crop into the picture and into the shape: what a person dragged keeps its middle as well as it can. width and height are
// the picture's.
func (c Crop) Fitted(shape Shape, width, height int) Crop {
	ratio := shape.Ratio() * float64(height) / float64(width) // of the crop's share of the width to its share of the height
	if !(c.W > 0 && c.H > 0) || math.IsInf(c.W, 0) || math.IsInf(c.H, 0) || math.IsNaN(c.X+c.Y) || math.IsInf(c.X+c.Y, 0) {
		c.X, c.Y, c.W, c.H = 0, 0, 1, 1
	}
	middleX, middleY := c.X+c.W/2, c.Y+c.H/2
	w := math.Min(c.W, c.H*ratio)
	most := math.Min(1, ratio)
	w = math.Min(math.Max(w, math.Min(minCrop, most)), most)
	h := math.Min(w/ratio, 1)
	return Crop{X: between(middleX-w/2, 1-w), Y: between(middleY-h/2, 1-h), W: w, H: h, Shape: shape.ID}
}

// between keeps a value from 0 to most.
func between(v, most float64) float64 { return math.Max(0, math.Min(v, most)) }

// render cuts a picture for a network, brings it to the network's size, never larger than it is, and keeps the file within the network's bound.
func render(data []byte, n Network, c Crop) (Rendition, error) {
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Rendition{}, refusal.Because(ErrPicture, "The picture is damaged and cannot be read to its end")
	}
	shape, part := n.ShapeOf(c), n.Part(picture.Bounds(), c)
	w, h := shape.Width, shape.Height
	if part.Dx() < w {
		w, h = part.Dx(), max(1, part.Dx()*shape.Height/shape.Width)
	}
	small := scaled(picture, part, w, h)
	for quality := jpegQuality; ; quality -= 12 {
		out, err := encode(small, quality)
		if err != nil {
			return Rendition{}, err
		}
		if len(out.data) <= n.Pictures.Bytes || n.Pictures.Bytes == 0 {
			kind := "image/jpeg"
			if !small.Opaque() {
				kind = "image/png"
			}
			return Rendition{Data: out.data, Type: kind, File: n.ID + "-" + out.file, Width: w, Height: h}, nil
		}
		if !small.Opaque() || quality < 40 { // a PNG has no quality to give up, and a poor JPEG none left
			small, quality = shrink(small, max(w, h)*3/4), jpegQuality+12
			w, h = small.Bounds().Dx(), small.Bounds().Dy()
		}
		if max(w, h) < 64 {
			return Rendition{}, fmt.Errorf("The picture cannot be made small enough for %s", n.Name)
		}
	}
}

// Part is what the network shows of a picture with the bounds: the crop in the network's shape, in points, at least one.
func (n Network) Part(b image.Rectangle, c Crop) image.Rectangle {
	c = c.Fitted(n.ShapeOf(c), b.Dx(), b.Dy())
	x, y := min(whole(c.X, b.Dx()), b.Dx()-1), min(whole(c.Y, b.Dy()), b.Dy()-1)
	w, h := max(1, whole(c.X+c.W, b.Dx())-x), max(1, whole(c.Y+c.H, b.Dy())-y)
	return image.Rect(x, y, x+w, y+h).Add(b.Min)
}

func whole(share float64, side int) int { return int(math.Round(share * float64(side))) }
