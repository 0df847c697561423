// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/field.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

namespace nunatak::scene::simulation {

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
    return enlargedPart(field, factor, 0, 0, rows, columns);
}

Field enlargedPart(const Field& field, int factor, int firstRow, int firstColumn, int rows, int columns) {
    Field result(1, rows, columns);
    const auto place = [factor](int fine) { return (fine + 0.5) / factor - 0.5; };
    const int left = static_cast<int>(std::floor(place(firstColumn))) - 1;
    const int right = static_cast<int>(std::floor(place(firstColumn + columns - 1))) + 2;
    forRows(rows, [&](int row) {
        const double y = place(firstRow + row);
        const int y0 = static_cast<int>(std::floor(y));
        const auto wy = catmullRom(y - y0);
        std::array<const float*, 4> from{};
        for (int j = 0; j < 4; ++j) {
            from[static_cast<std::size_t>(j)] = field.row(0, std::clamp(y0 + j - 1, 0, field.rows() - 1));
        }
        std::vector<double> line(static_cast<std::size_t>(right - left + 1));
        for (int x = left; x <= right; ++x) {
            const auto at = static_cast<std::size_t>(std::clamp(x, 0, field.columns() - 1));
            line[static_cast<std::size_t>(x - left)] =
                wy[0] * from[0][at] + wy[1] * from[1][at] + wy[2] * from[2][at] + wy[3] * from[3][at];
        }
        float* to = result.row(0, row);
        for (int column = 0; column < columns; ++column) {
            const double x = place(firstColumn + column);
            const int x0 = static_cast<int>(std::floor(x));
            const auto wx = catmullRom(x - x0);
            const double* at = line.data() + (x0 - 1 - left);
            to[column] = static_cast<float>(wx[0] * at[0] + wx[1] * at[1] + wx[2] * at[2] + wx[3] * at[3]);
        }
    });
    return result;
}

double sampled(const Field& field, double column, double row) {
    const double x = std::clamp(column, 0.0, static_cast<double>(field.columns() - 1));
    const double y = std::clamp(row, 0.0, static_cast<double>(field.rows() - 1));
    const int x0 = std::min(static_cast<int>(x), std::max(0, field.columns() - 2));
    const int y0 = std::min(static_cast<int>(y), std::max(0, field.rows() - 2));
    const int x1 = std::min(x0 + 1, field.columns() - 1);
    const int y1 = std::min(y0 + 1, field.rows() - 1);
    const float* north = field.row(0, y0);
    const float* south = field.row(0, y1);
    return mix(mix(north[x0], north[x1], x - x0), mix(south[x0], south[x1], x - x0), y - y0);
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
