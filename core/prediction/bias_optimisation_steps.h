// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::prediction {

inline std::vector<double> softmax(const std::vector<double>& logits) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    std::vector<double> shares;
    double sum = 0;
    for (const double logit : logits) {
        shares.push_back(std::exp(logit - largest));
        sum += shares.back();
    }
    for (double& share : shares) {
        share /= sum;
    }
    return shares;
}

/// Adam as Keras has it (its epsilon is not corrected for the start), on a handful of numbers.
class Adam {
public:
    explicit Adam(std::size_t count) : m_mean(count, 0.0), m_square(count, 0.0) {}

    void step(std::vector<double>& values, const std::vector<double>& gradient, double givenRate) {
        constexpr double beta1 = 0.9;
        constexpr double beta2 = 0.999;
        constexpr double epsilon = 1e-7;
        ++m_steps;
        const double rate =
            givenRate * std::sqrt(1 - std::pow(beta2, m_steps)) / (1 - std::pow(beta1, m_steps));
        for (std::size_t i = 0; i < values.size(); ++i) {
            m_mean[i] += (1 - beta1) * (gradient[i] - m_mean[i]);
            m_square[i] += (1 - beta2) * (gradient[i] * gradient[i] - m_square[i]);
            values[i] -= rate * m_mean[i] / (std::sqrt(m_square[i]) + epsilon);
        }
    }

private:
    int m_steps = 0;
    std::vector<double> m_mean;
    std::vector<double> m_square;
};

} // namespace nunatak::prediction
