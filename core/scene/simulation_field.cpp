// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_field.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

namespace nunatak::scene::simulation {

std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

std::uint64_t Random::next() {
    m_state += 0x9E3779B97F4A7C15ULL;
    return mixed(m_state);
}

double Random::uniform() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double normalAt(std::uint64_t seed, std::uint64_t stream, std::uint64_t pixel) {
    std::uint64_t bits = mixed(seed ^ mixed(stream * 0xD1B54A32D192ED03ULL + pixel));
    // Four 16-bit uniforms: variance 4 / 12.
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<double>(bits & 0xFFFF) / 65536.0;
        bits >>= 16;
    }
    return (sum - 2.0) * 1.7320508075688772;
}

double noise(std::uint64_t seed, double x, double y) {
    static constexpr double diagonal = 0.70710678118654752;
    static constexpr std::array<std::array<double, 2>, 8> directions{{{1, 0},
                                                                      {diagonal, diagonal},
                                                                      {0, 1},
                                                                      {-diagonal, diagonal},
                                                                      {-1, 0},
                                                                      {-diagonal, -diagonal},
                                                                      {0, -1},
                                                                      {diagonal, -diagonal}}};
    const double fx = std::floor(x);
    const double fy = std::floor(y);
    const auto ix = static_cast<std::int64_t>(fx);
    const auto iy = static_cast<std::int64_t>(fy);
    const double u = x - fx;
    const double v = y - fy;
    const auto corner = [&](int dx, int dy) {
        const auto key = static_cast<std::uint64_t>(ix + dx) * 0x8DA6B343ULL ^
                         (static_cast<std::uint64_t>(iy + dy) * 0xD8163841ULL << 20);
        const auto& direction = directions[mixed(seed ^ key) >> 61];
        return direction[0] * (u - dx) + direction[1] * (v - dy);
    };
    const double fadeU = u * u * u * (u * (u * 6 - 15) + 10);
    const double fadeV = v * v * v * (v * (v * 6 - 15) + 10);
    const double top = mix(corner(0, 0), corner(1, 0), fadeU);
    const double bottom = mix(corner(0, 1), corner(1, 1), fadeU);
    return mix(top, bottom, fadeV) * 1.5;
}

double fractal(std::uint64_t seed, double x, double y, int octaves, double gain) {
    double sum = 0;
    double size = 1;
    double total = 0;
    for (int octave = 0; octave < octaves; ++octave) {
        sum += size * noise(seed + static_cast<std::uint64_t>(octave) * 1013, x, y);
        total += size;
        size *= gain;
        // Turned a little with each octave (3-4-5 triangle), or the grid of the noise would show.
        const double turned = (0.8 * x - 0.6 * y) * 2;
        y = (0.6 * x + 0.8 * y) * 2;
        x = turned;
    }
    return sum / total;
}

double ridged(std::uint64_t seed, double x, double y, int octaves) {
    double sum = 0;
    double size = 1;
    double total = 0;
    double weight = 1;
    for (int octave = 0; octave < octaves; ++octave) {
        double crest = 1 - std::fabs(noise(seed + static_cast<std::uint64_t>(octave) * 7919, x, y));
        crest = std::max(0.0, crest) * std::max(0.0, crest) * weight;
        weight = std::clamp(crest * 2, 0.0, 1.0);
        sum += size * crest;
        total += size;
        size *= 0.5;
        const double turned = (0.8 * x - 0.6 * y) * 2;
        y = (0.6 * x + 0.8 * y) * 2;
        x = turned;
    }
    return sum / total;
}

double sineOfDegrees(double degrees) {
    degrees -= 360 * std::floor(degrees / 360 + 0.5);
    if (degrees > 90) {
        degrees = 180 - degrees;
    } else if (degrees < -90) {
        degrees = -180 - degrees;
    }
    const double x = degrees * 0.017453292519943295;
    const double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; n < 10; ++n) {
        term *= -square / (2 * n * (2 * n + 1));
        sum += term;
    }
    return sum;
}

double cosineOfDegrees(double degrees) {
    return sineOfDegrees(degrees + 90);
}

double smoothStep(double low, double high, double value) {
    const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

void forRows(int rows, const std::function<void(int row)>& work) {
    const auto cores = std::min(std::max(1U, std::thread::hardware_concurrency()), 16U);
    std::atomic<int> next{0};
    const auto share = [&] {
        constexpr int block = 8;
        for (int first = next.fetch_add(block); first < rows; first = next.fetch_add(block)) {
            for (int row = first; row < std::min(rows, first + block); ++row) {
                work(row);
            }
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < cores && rows > 16; ++i) {
        threads.emplace_back(share);
    }
    share();
}

Field blurred(const Field& field, int radius, int passes) {
    Field current = field;
    const int rows = field.rows();
    const int columns = field.columns();
    const double scale = 1.0 / (2 * radius + 1);
    for (int pass = 0; pass < passes; ++pass) {
        Field across(1, rows, columns);
        forRows(rows, [&](int row) {
            const float* from = current.row(0, row);
            float* to = across.row(0, row);
            double sum = 0;
            for (int k = -radius; k <= radius; ++k) {
                sum += from[std::clamp(k, 0, columns - 1)];
            }
            for (int column = 0; column < columns; ++column) {
                to[column] = static_cast<float>(sum * scale);
                sum += from[std::min(column + radius + 1, columns - 1)] - from[std::max(column - radius, 0)];
            }
        });
        std::vector<double> sums(static_cast<std::size_t>(columns), 0.0);
        for (int k = -radius; k <= radius; ++k) {
            const float* from = across.row(0, std::clamp(k, 0, rows - 1));
            for (int column = 0; column < columns; ++column) {
                sums[static_cast<std::size_t>(column)] += from[column];
            }
        }
        for (int row = 0; row < rows; ++row) {
            const float* entering = across.row(0, std::min(row + radius + 1, rows - 1));
            const float* leaving = across.row(0, std::max(row - radius, 0));
            float* to = current.row(0, row);
            for (int column = 0; column < columns; ++column) {
                auto& sum = sums[static_cast<std::size_t>(column)];
                to[column] = static_cast<float>(sum * scale);
                sum += entering[column] - leaving[column];
            }
        }
    }
    return current;
}

namespace {

std::array<double, 4> catmullRom(double t) {
    return {((-0.5 * t + 1.0) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1.0, ((-1.5 * t + 2.0) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t};
}

} // namespace

Field enlarged(const Field& field, int factor, int rows, int columns) {
    Field result(1, rows, columns);
    forRows(rows, [&](int row) {
        const double y = (row + 0.5) / factor - 0.5;
        const int y0 = static_cast<int>(std::floor(y));
        const auto wy = catmullRom(y - y0);
        float* to = result.row(0, row);
        for (int column = 0; column < columns; ++column) {
            const double x = (column + 0.5) / factor - 0.5;
            const int x0 = static_cast<int>(std::floor(x));
            const auto wx = catmullRom(x - x0);
            double sum = 0;
            for (int j = 0; j < 4; ++j) {
                const float* from = field.row(0, std::clamp(y0 + j - 1, 0, field.rows() - 1));
                double line = 0;
                for (int i = 0; i < 4; ++i) {
                    line += wx[static_cast<std::size_t>(i)] *
                            from[std::clamp(x0 + i - 1, 0, field.columns() - 1)];
                }
                sum += wy[static_cast<std::size_t>(j)] * line;
            }
            to[column] = static_cast<float>(sum);
        }
    });
    return result;
}

Field reduced(const Field& field, int factor) {
    Field result(1, (field.rows() + factor - 1) / factor, (field.columns() + factor - 1) / factor);
    for (int row = 0; row < result.rows(); ++row) {
        for (int column = 0; column < result.columns(); ++column) {
            double sum = 0;
            int count = 0;
            for (int y = row * factor; y < std::min((row + 1) * factor, field.rows()); ++y) {
                for (int x = column * factor; x < std::min((column + 1) * factor, field.columns()); ++x) {
                    sum += field.at(0, y, x);
                    ++count;
                }
            }
            result.at(0, row, column) = static_cast<float>(sum / count);
        }
    }
    return result;
}

double quantile(const Field& field, double share) {
    std::vector<float> values = field.values();
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
    return values[rank];
}

Field gradient(const Field& field, double cell) {
    Field result(1, field.rows(), field.columns());
    forRows(field.rows(), [&](int row) {
        const int north = std::max(row - 1, 0);
        const int south = std::min(row + 1, field.rows() - 1);
        for (int column = 0; column < field.columns(); ++column) {
            const int west = std::max(column - 1, 0);
            const int east = std::min(column + 1, field.columns() - 1);
            const double dx =
                (field.at(0, row, east) - field.at(0, row, west)) / (cell * std::max(1, east - west));
            const double dy = (field.at(0, south, column) - field.at(0, north, column)) /
                              (cell * std::max(1, south - north));
            result.at(0, row, column) = static_cast<float>(std::sqrt(dx * dx + dy * dy));
        }
    });
    return result;
}

} // namespace nunatak::scene::simulation
