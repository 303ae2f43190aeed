package main

import (
	"math"
	"math/rand"

	"goodword/reviews/classify"
)

const (
	rounds = 5
	rate   = 0.12
	decay  = 1e-5
)

// row is one labelled text as the sentiment model sees it.
type row struct {
	features classify.Features
	label    int
	weight   float64
}

func scores(m *classify.Model, f classify.Features) [3]float64 {
	s := m.Bias
	for _, h := range f.Hashed {
		for k := range s {
			s[k] += f.Weight * m.Hashed[int(h)*3+k]
		}
	}
	for i, v := range f.Dense {
		for k := range s {
			s[k] += float64(v) * m.Dense[i][k]
		}
	}
	return s
}

func shares(s [3]float64, heat float64) [3]float64 {
	most, total := max(s[0], s[1], s[2]), 0.0
	for k := range s {
		s[k] = math.Exp((s[k] - most) / heat)
		total += s[k]
	}
	for k := range s {
		s[k] /= total
	}
	return s
}

// fit finds the weights by AdaGrad (Duchi and others, 2011) on the cross entropy.
func fit(rows []row) *classify.Model {
	m := &classify.Model{Hashed: make([]float64, classify.Buckets*3), Heat: 1}
	pace := classify.Model{Hashed: make([]float64, classify.Buckets*3)}
	step := func(w, seen *float64, gradient float64) {
		*seen += gradient * gradient
		*w -= rate * gradient / (math.Sqrt(*seen) + 1e-6)
	}
	order := rand.New(rand.NewSource(7))
	for range rounds {
		for _, i := range order.Perm(len(rows)) {
			r := rows[i]
			p := shares(scores(m, r.features), 1)
			for k := range p {
				miss := p[k] * r.weight
				if k == r.label {
					miss -= r.weight
				}
				for _, h := range r.features.Hashed {
					at := int(h)*3 + k
					step(&m.Hashed[at], &pace.Hashed[at], miss*r.features.Weight+decay*m.Hashed[at])
				}
				for j, v := range r.features.Dense {
					step(&m.Dense[j][k], &pace.Dense[j][k], miss*float64(v)+decay*m.Dense[j][k])
				}
				step(&m.Bias[k], &pace.Bias[k], miss)
			}
		}
	}
	return m
}

// calibrate finds the heat at which the shares are as often right as they say (Guo and others, 2017).
func calibrate(m *classify.Model, rows []row) float64 {
	best, least := 1.0, math.Inf(1)
	for heat := 0.5; heat < 4; heat += 0.05 {
		loss := 0.0
		for _, r := range rows {
			loss -= math.Log(max(1e-9, shares(scores(m, r.features), heat)[r.label]))
		}
		if loss < least {
			best, least = heat, loss
		}
	}
	return best
}

func measure(m *classify.Model, rows []row) (accuracy, f1, precision, recall float64) {
	var hit, wrong, missed [3]float64
	right := 0.0
	for _, r := range rows {
		s := scores(m, r.features)
		got := 0
		for k := range s {
			if s[k] > s[got] {
				got = k
			}
		}
		if got == r.label {
			right++
			hit[got]++
		} else {
			wrong[got]++
			missed[r.label]++
		}
	}
	of := func(k int) float64 { return 2 * hit[k] / (2*hit[k] + wrong[k] + missed[k]) }
	return round(right / float64(len(rows))), round((of(0) + of(2)) / 2), round(hit[0] / (hit[0] + wrong[0])), round(hit[0] / (hit[0] + missed[0]))
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }
