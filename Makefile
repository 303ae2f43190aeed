# Goodword. `make run` and `make test` are all a newcomer needs; both install what is missing first.

TAGS    := migrated_fynedo
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X goodword/house.Version=$(VERSION)
SOURCES := $(shell find . -name '*.go' -not -path './bin/*') $(shell find assets -type f) go.mod go.sum

.PHONY: run test race lint golden bench faults screenshots tour windows package setup clean

## run: build the program and open it; without a display, take the tour instead
run:
	@scripts/setup run
	@$(MAKE) --no-print-directory bin/goodword bin/goodwordctl
	@scripts/run

## test: everything that must hold before a change lands
test:
	@scripts/setup test
	@scripts/test

## race: the race detector alone, on every package
race:
	@scripts/race

## lint: form and static checks
lint:
	@scripts/lint

## golden: take the pictures that the last test run drew as the new golden ones; look at the difference before you commit
golden:
	@for d in $$(find . -path '*/testdata/failed' -type d); do cp -rv "$$d"/. "$$(dirname "$$d")"/ && rm -r "$$d"; done

## bench: speed, with allocations
bench:
	CGO_ENABLED=0 go test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...
	@scripts/bench

## faults: the program killed two hundred times while it collects and imports; nothing may be missing or there twice
faults:
	GOODWORD_KILLS=200 CGO_ENABLED=0 go test -count=1 -timeout 20m -run Killed -v ./cmd/goodwordctl

## screenshots: every screen, light and dark, at two sizes, into build/screenshots
screenshots: bin/goodwordctl
	bin/goodwordctl tour --folder build --screens all

## tour: the main job on the sample practice, in a throw-away database
tour: bin/goodwordctl
	bin/goodwordctl tour

## windows: goodword.exe and goodwordctl.exe, built on Linux with mingw-w64
windows:
	@scripts/setup windows
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc go build -trimpath -tags $(TAGS),release -ldflags '$(LDFLAGS) -H=windowsgui' -o bin/goodword.exe ./cmd/goodword
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/goodwordctl.exe ./cmd/goodwordctl

## package: an installable package for this system, in dist
package: bin/goodword
	@scripts/package

setup:
	@scripts/setup run

bin/goodword: $(SOURCES)
	@echo "Building the program (the first time takes some minutes)"
	@CGO_ENABLED=1 go build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o $@ ./cmd/goodword

bin/goodwordctl: $(SOURCES)
	@CGO_ENABLED=0 go build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o $@ ./cmd/goodwordctl

clean:
	rm -rf bin build dist
