// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <locale>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::training {

/// Random numbers that a seed determines; the engine is defined bit by bit, the standard's distributions are
/// not.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_engine(seed) {}

    /// From 0 to under 1.
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    /// From 0 to under `count`, which is above 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(m_engine() % count); }
    bool happens(double probability) { return uniform() < probability; }
    /// Of mean 0 and standard deviation 1 (Box and Muller).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    template <typename T> void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) {
            std::swap(values[i - 1], values[below(i)]);
        }
    }

    /// Where they are, to go on from there another time; the standard defines the text.
    std::string place() const {
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << m_engine;
        return text.str();
    }
    /// False, and as before, where the text is none.
    bool goTo(const std::string& place) {
        std::istringstream text(place);
        text.imbue(std::locale::classic());
        std::mt19937_64 engine;
        if (!(text >> engine)) {
            return false;
        }
        m_engine = engine;
        return true;
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace nunatak::training
