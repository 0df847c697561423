// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/light_head.h"

#include "scribble/nearness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nunatak::scribble {

namespace {

/// Pixels of a stroke that are looked at: those of a long one lie side by side and say the same.
constexpr std::size_t mostOfStroke = 256;
/// From one kept pixel to the next, along both sides; pixels.
constexpr int keptStep = 32;
constexpr int mostSteps = 30;
/// Logits of what was drawn: the model is hardly ever surer.
constexpr float sure = 8;

/// What a head is fitted to: pixels with what they count and what they should be.
struct Samples {
    std::size_t width = 0;       ///< features and a 1
    std::vector<double> rows;    ///< one after the other
    std::vector<double> offsets; ///< the model's logits
    std::vector<double> targets; ///< probabilities
    std::vector<double> counts;

    std::size_t size() const { return offsets.size(); }
    const double* row(std::size_t i) const { return rows.data() + i * width; }
};

double logistic(double logit) {
    return logit >= 0 ? 1 / (1 + std::exp(-logit)) : std::exp(logit) / (1 + std::exp(logit));
}

/// ln(1 + exp(x)) − target · x: the cross-entropy of a logit.
double crossEntropy(double logit, double target) {
    return std::max(logit, 0.0) + std::log1p(std::exp(-std::abs(logit))) - target * logit;
}

class Fit {
public:
    Fit(const ViewFeatures& view, const std::vector<StrokePixels>& strokes, const HeadOptions& options)
        : m_view(view), m_options(options), m_nearness(nearnessOf(view.grid, strokes, options.reach)) {
        m_samples.width = static_cast<std::size_t>(view.channels()) + 1;
        addStrokes(strokes);
        addKept();
    }

    LightHead head() {
        std::vector<double> solution(m_samples.width);
        for (int step = 0; step < mostSteps && !m_samples.offsets.empty(); ++step) {
            if (!improve(solution)) {
                break;
            }
        }
        LightHead head;
        head.reach = m_options.reach;
        head.bias = solution.back();
        for (std::size_t i = 0; i + 1 < solution.size(); ++i) {
            const double scale = inverseDeviation(i);
            head.weights.push_back(solution[i] * scale);
            head.bias -= solution[i] * scale * static_cast<double>(m_view.mean[i]);
        }
        return head;
    }

private:
    double inverseDeviation(std::size_t channel) const {
        const double deviation = static_cast<double>(m_view.deviation[channel]);
        return deviation > 0 ? 1 / deviation : 0;
    }

    void add(std::size_t pixel, double target, double count) {
        const double near = m_nearness.empty() ? 1.0 : static_cast<double>(m_nearness.values()[pixel]);
        for (std::size_t i = 0; i + 1 < m_samples.width; ++i) {
            const double value = static_cast<double>(m_view.value(static_cast<int>(i), pixel));
            m_samples.rows.push_back(near * (value - static_cast<double>(m_view.mean[i])) *
                                     inverseDeviation(i));
        }
        m_samples.rows.push_back(near);
        m_samples.offsets.push_back(static_cast<double>(m_view.logit.values()[pixel]));
        m_samples.targets.push_back(target);
        m_samples.counts.push_back(count);
    }

    void addStrokes(const std::vector<StrokePixels>& strokes) {
        for (const auto& stroke : strokes) {
            std::vector<std::size_t> known;
            const std::size_t step = stroke.pixels.size() / mostOfStroke + 1;
            for (std::size_t i = 0; i < stroke.pixels.size(); i += step) {
                if (m_view.isKnown(stroke.pixels[i])) {
                    known.push_back(stroke.pixels[i]);
                }
            }
            for (const auto pixel : known) {
                add(pixel, stroke.isIce ? 1 : 0, m_options.strokeWeight / static_cast<double>(known.size()));
            }
        }
    }

    void addKept() {
        if (m_samples.offsets.empty() || !(m_options.keepWeight > 0)) {
            return; // nothing was said, nothing changes
        }
        std::vector<std::size_t> kept;
        const auto& grid = m_view.grid;
        for (int row = keptStep / 2; row < grid.rows; row += keptStep) {
            for (int column = keptStep / 2; column < grid.columns; column += keptStep) {
                const auto pixel = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                                   static_cast<std::size_t>(column);
                if (m_view.isKnown(pixel)) {
                    kept.push_back(pixel);
                }
            }
        }
        for (const auto pixel : kept) {
            add(pixel, logistic(static_cast<double>(m_view.logit.values()[pixel])),
                m_options.keepWeight / static_cast<double>(kept.size()));
        }
    }

    double loss(const std::vector<double>& solution) const {
        double sum = 0;
        for (std::size_t i = 0; i < m_samples.size(); ++i) {
            sum += m_samples.counts[i] * crossEntropy(logitOf(i, solution), m_samples.targets[i]);
        }
        for (const double weight : solution) {
            sum += m_options.prior / 2 * weight * weight;
        }
        return sum;
    }

    double logitOf(std::size_t sample, const std::vector<double>& solution) const {
        const double* row = m_samples.row(sample);
        double logit = m_samples.offsets[sample];
        for (std::size_t i = 0; i < solution.size(); ++i) {
            logit += row[i] * solution[i];
        }
        return logit;
    }

    /// One step of Newton's, halved until the loss falls. False: it is at its end.
    bool improve(std::vector<double>& solution) const {
        const std::size_t width = m_samples.width;
        std::vector<double> hessian(width * width), slope(width);
        for (std::size_t i = 0; i < width; ++i) {
            hessian[i * width + i] = m_options.prior;
            slope[i] = m_options.prior * solution[i];
        }
        for (std::size_t k = 0; k < m_samples.size(); ++k) {
            const double* row = m_samples.row(k);
            const double probability = logistic(logitOf(k, solution));
            const double error = m_samples.counts[k] * (probability - m_samples.targets[k]);
            const double curve = m_samples.counts[k] * probability * (1 - probability);
            for (std::size_t i = 0; i < width; ++i) {
                slope[i] += error * row[i];
                const double scaled = curve * row[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    hessian[i * width + j] += scaled * row[j];
                }
            }
        }
        const auto step = solved(std::move(hessian), slope);
        const double before = loss(solution);
        for (double share = 1; share > 1e-6; share /= 2) {
            auto next = solution;
            for (std::size_t i = 0; i < width; ++i) {
                next[i] -= share * step[i];
            }
            if (const double after = loss(next); after < before) {
                solution = std::move(next);
                return before - after > 1e-9 * before;
            }
        }
        return false;
    }

    /// Of a symmetric positive definite matrix, of which the lower half is given (Cholesky).
    static std::vector<double> solved(std::vector<double> matrix, std::vector<double> right) {
        const std::size_t n = right.size();
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = matrix[i * n + j];
                for (std::size_t k = 0; k < j; ++k) {
                    sum -= matrix[i * n + k] * matrix[j * n + k];
                }
                matrix[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / matrix[j * n + j];
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                right[i] -= matrix[i * n + k] * right[k];
            }
            right[i] /= matrix[i * n + i];
        }
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t k = i + 1; k < n; ++k) {
                right[i] -= matrix[k * n + i] * right[k];
            }
            right[i] /= matrix[i * n + i];
        }
        return right;
    }

    const ViewFeatures& m_view;
    const HeadOptions& m_options;
    Image<float> m_nearness;
    Samples m_samples;
};

} // namespace

LightHead fittedHead(const ViewFeatures& view, const std::vector<StrokePixels>& strokes,
                     const HeadOptions& options) {
    return Fit(view, strokes, options).head();
}

Image<float> correctedLogit(const ViewFeatures& view, const LightHead& head,
                            const std::vector<StrokePixels>& strokes) {
    const std::size_t pixels = view.logit.bandSize();
    Image<float> change(1, view.grid.rows, view.grid.columns, static_cast<float>(head.bias));
    auto& sums = change.values();
    for (int channel = 0; channel < view.channels(); ++channel) {
        const auto weight = static_cast<float>(head.weights[static_cast<std::size_t>(channel)]);
        const std::uint16_t* values = view.values.band(channel);
        if (weight != 0) {
            for (std::size_t i = 0; i < pixels; ++i) {
                sums[i] += weight * ViewFeatures::fromShort(values[i]);
            }
        }
    }
    const auto nearness = nearnessOf(view.grid, strokes, head.reach);
    const auto& own = view.logit.values();
    for (std::size_t i = 0; i < pixels; ++i) {
        sums[i] = own[i] + (nearness.empty() ? sums[i] : nearness.values()[i] * sums[i]);
    }
    for (const auto& stroke : strokes) {
        for (const auto pixel : stroke.pixels) {
            if (view.isKnown(pixel)) {
                sums[pixel] = stroke.isIce ? sure : -sure;
            }
        }
    }
    return change;
}

} // namespace nunatak::scribble
