package advocacy

import (
	"bytes"
	"encoding/binary"
)

// withoutMetadata is a signed copy without what a camera adds: place, time, device, comments. Its pixels stay byte for byte, because it is a proof,
// and so does the way up. What a file holds behind a damaged part is kept as it is.
func withoutMetadata(kind string, file []byte) []byte {
	switch kind {
	case "jpeg":
		return bareJPEG(file)
	case "png":
		return barePNG(file)
	}
	return file
}

// bareJPEG leaves out the segments of applications, but for those that tell how colours are meant, and comments.
func bareJPEG(file []byte) []byte {
	out := bytes.NewBuffer(append(make([]byte, 0, len(file)), file[:2]...))
	turned, at := orientation(file), 2
	for at+4 <= len(file) && file[at] == 0xFF {
		marker, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if marker == 0xDA || size < 2 || at+2+size > len(file) {
			break
		}
		colours := marker == 0xE0 || marker == 0xE2 && bytes.HasPrefix(file[at+4:], []byte("ICC_PROFILE")) || marker == 0xEE
		if marker != 0xFE && (marker < 0xE0 || marker > 0xEF || colours) {
			out.Write(file[at : at+2+size])
		}
		if at += 2 + size; turned > 1 { // behind the first segment
			out.Write([]byte{0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(turned), 0, 0, 0, 0, 0, 0})
			turned = 1
		}
	}
	out.Write(file[at:])
	return out.Bytes()
}

// barePNG leaves out the chunks with words, times and what a camera wrote.
func barePNG(file []byte) []byte {
	out := bytes.NewBuffer(append(make([]byte, 0, len(file)), file[:8]...))
	at := 8
	for at+12 <= len(file) {
		size := int64(binary.BigEndian.Uint32(file[at:]))
		if size > int64(len(file)-at-12) {
			break
		}
		end := at + 12 + int(size)
		switch string(file[at+4 : at+8]) {
		case "eXIf", "tEXt", "zTXt", "iTXt", "tIME":
		default:
			out.Write(file[at:end])
		}
		at = end
	}
	out.Write(file[at:])
	return out.Bytes()
}
