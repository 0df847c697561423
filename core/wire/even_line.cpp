// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/even_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace nunatak::wire {

namespace {

constexpr double fixed = 1e9;  // of an end
constexpr double least = 1e-6; // so that every line has one solution

} // namespace

geo::Ring evenLine(std::span<const geo::Point> places, std::span<const double> held, double stiffness) {
    const std::size_t size = places.size();
    // The matrix has five diagonals and is symmetric: its own one and the two to its right.
    std::vector<std::array<double, 3>> rows(size);
    geo::Ring line(size);
    for (std::size_t i = 0; i < size; ++i) {
        const double weight = i == 0 || i + 1 == size ? fixed : std::max(held[i], least);
        rows[i] = {weight, 0, 0};
        line[i] = {weight * places[i].x, weight * places[i].y};
    }
    for (std::size_t i = 0; i + 2 < size; ++i) {
        rows[i][0] += stiffness;
        rows[i][1] -= 2 * stiffness;
        rows[i][2] += stiffness;
        rows[i + 1][0] += 4 * stiffness;
        rows[i + 1][1] -= 2 * stiffness;
        rows[i + 2][0] += stiffness;
    }
    for (std::size_t i = 0; i < size; ++i) {
        const double next = rows[i][1] / rows[i][0];
        const double second = rows[i][2] / rows[i][0];
        if (i + 1 < size) {
            rows[i + 1][0] -= next * rows[i][1];
            rows[i + 1][1] -= next * rows[i][2];
            line[i + 1] = {line[i + 1].x - next * line[i].x, line[i + 1].y - next * line[i].y};
        }
        if (i + 2 < size) {
            rows[i + 2][0] -= second * rows[i][2];
            line[i + 2] = {line[i + 2].x - second * line[i].x, line[i + 2].y - second * line[i].y};
        }
        line[i] = {line[i].x / rows[i][0], line[i].y / rows[i][0]};
        rows[i][1] = next;
        rows[i][2] = second;
    }
    for (std::size_t i = size; i-- > 0;) {
        for (std::size_t k = 1; k <= 2 && i + k < size; ++k) {
            line[i] = {line[i].x - rows[i][k] * line[i + k].x, line[i].y - rows[i][k] * line[i + k].y};
        }
    }
    if (size > 0) {
        line.front() = places.front();
        line.back() = places.back();
    }
    return line;
}

} // namespace nunatak::wire
