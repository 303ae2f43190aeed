package advocacy

import (
	"bytes"
	"encoding/binary"
)

// orientation reads from a JPEG, PNG or WebP how its picture must be turned to stand upright: the EXIF value 1 to 8, 1 where there is none. Only
// this number is ever read of the metadata; the rest (place, time, device) is left behind when the picture is written anew.
func orientation(file []byte) int {
	switch {
	case bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		return orientationPNG(file[8:])
	case len(file) > 12 && string(file[:4]) == "RIFF" && string(file[8:12]) == "WEBP":
		return orientationWebP(file[12:])
	}
	return orientationJPEG(file)
}

// orientationPNG looks for the chunk eXIf: length, name, data, check sum.
func orientationPNG(chunks []byte) int {
	for len(chunks) >= 12 {
		size := int64(binary.BigEndian.Uint32(chunks))
		if size > int64(len(chunks)-12) {
			return 1
		}
		if string(chunks[4:8]) == "eXIf" {
			return orientationTag(chunks[8 : 8+size])
		}
		chunks = chunks[12+size:]
	}
	return 1
}

// orientationWebP looks for the chunk EXIF: name, length, data, a byte more where the length is odd.
func orientationWebP(chunks []byte) int {
	for len(chunks) >= 8 {
		size := int64(binary.LittleEndian.Uint32(chunks[4:]))
		if size > int64(len(chunks)-8) {
			return 1
		}
		if string(chunks[:4]) == "EXIF" {
			return orientationTag(bytes.TrimPrefix(chunks[8:8+size], []byte("Exif\x00\x00")))
		}
		chunks = chunks[min(int64(len(chunks)), 8+size+size%2):]
	}
	return 1
}

func orientationJPEG(file []byte) int {
	if len(file) < 4 || file[0] != 0xFF || file[1] != 0xD8 {
		return 1
	}
	for at := 2; at+4 <= len(file) && file[at] == 0xFF; {
		marker, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if marker == 0xDA || size < 2 || at+2+size > len(file) {
			return 1
		}
		part := file[at+4 : at+2+size]
		if marker == 0xE1 && len(part) > 6 && string(part[:6]) == "Exif\x00\x00" {
			return orientationTag(part[6:])
		}
		at += 2 + size
	}
	return 1
}

// orientationTag looks for tag 0x0112 in the first directory of the TIFF block.
func orientationTag(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	} else if string(tiff[:2]) != "II" {
		return 1
	}
	start := int(order.Uint32(tiff[4:]))
	if start < 8 || start+2 > len(tiff) {
		return 1
	}
	entries := int(order.Uint16(tiff[start:]))
	for i := range entries {
		entry := start + 2 + i*12
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if value := int(order.Uint16(tiff[entry+8:])); value >= 1 && value <= 8 {
			return value
		}
		return 1
	}
	return 1
}
