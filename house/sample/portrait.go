package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// portrait draws the picture of a colleague who does not exist: head and shoulders before a window, in the colours of the practice.
func portrait(seed int) *bytes.Buffer {
	const width, height = 900, 675
	coats := []color.NRGBA{{0x2c, 0x7a, 0x7b, 0xff}, {0x3b, 0x5b, 0x92, 0xff}, {0x8a, 0x5a, 0x83, 0xff}}
	skins := []color.NRGBA{{0xc6, 0x8c, 0x5e, 0xff}, {0xe3, 0xb9, 0x93, 0xff}, {0x8d, 0x5a, 0x3a, 0xff}}
	coat, skin, hair := coats[seed%3], skins[(seed/3)%3], color.NRGBA{0x3a, 0x2b, 0x24, 0xff}
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	disc := func(x, y, cx, cy, rx, ry float64) bool { return math.Pow((x-cx)/rx, 2)+math.Pow((y-cy)/ry, 2) < 1 }
	for py := range height {
		for px := range width {
			x, y := float64(px), float64(py)
			light := uint8(215 + 30*y/height)
			c := color.NRGBA{light - 8, light, light - 4, 0xff}
			if x > 560 && x < 820 && y > 70 && y < 380 {
				c = color.NRGBA{0xbf, 0xdd, 0xe8, 0xff}
				if math.Abs(x-690) < 6 || math.Abs(y-225) < 6 {
					c = color.NRGBA{0xfa, 0xfa, 0xf6, 0xff}
				}
			}
			switch {
			case disc(x, y, 420, 270, 108, 132) && y > 205:
				c = skin
			case disc(x, y, 420, 250, 128, 140):
				c = hair
			case math.Abs(x-420) < 44 && y > 350 && y < 460:
				c = color.NRGBA{skin.R - 12, skin.G - 12, skin.B - 12, 0xff}
			case disc(x, y, 420, 690, 285, 255):
				c = coat
			}
			picture.SetNRGBA(px, py, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err) // a buffer takes everything
	}
	return &out
}
