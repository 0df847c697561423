// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/parts.h"

#include "scene/simulation/field.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

/// For each number: how many pixel edges it shares with which other number, or with 0, no part.
using Borders = std::map<std::pair<int, int>, int>;

Borders bordersOf(const Image<std::int32_t>& numbers) {
    Borders borders;
    const auto add = [&](int a, int b) {
        if (a != b) {
            ++borders[{a, b}];
            ++borders[{b, a}];
        }
    };
    for (int row = 0; row < numbers.rows(); ++row) {
        for (int column = 0; column < numbers.columns(); ++column) {
            const int here = numbers.at(0, row, column);
            if (column + 1 < numbers.columns()) {
                add(here, numbers.at(0, row, column + 1));
            }
            if (row + 1 < numbers.rows()) {
                add(here, numbers.at(0, row + 1, column));
            }
        }
    }
    return borders;
}

/// A part up to so many times as large as the smallest also joins a neighbour that it shares a third of its
/// border with.
constexpr int sliverTimes = 10;

/// One round of small basins joining a neighbour; true when any did.
bool joinSmall(Image<std::int32_t>& numbers, int count, int smallest) {
    std::vector<int> size(static_cast<std::size_t>(count) + 1, 0);
    for (const auto number : numbers.values()) {
        ++size[static_cast<std::size_t>(number)];
    }
    const Borders borders = bordersOf(numbers);
    std::vector<int> target(size.size());
    std::iota(target.begin(), target.end(), 0);
    bool any = false;
    const auto rank = [&](int which) { return std::pair(size[static_cast<std::size_t>(which)], which); };
    for (int number = 1; number <= count; ++number) {
        if (rank(number).first >= sliverTimes * smallest) {
            continue;
        }
        int best = 0;
        int longest = 0;
        int around = 0;
        for (auto it = borders.lower_bound({number, 0}); it != borders.end() && it->first.first == number;
             ++it) {
            const int other = it->first.second;
            around += it->second;
            // Only into larger ones, so that no two swap names for ever.
            if (other != 0 && it->second > longest && rank(other) > rank(number)) {
                longest = it->second;
                best = other;
            }
        }
        if (best != 0 && (rank(number).first < smallest || 3 * longest > around)) {
            target[static_cast<std::size_t>(number)] = best;
            any = true;
        }
    }
    for (auto& number : numbers.values()) {
        number = target[static_cast<std::size_t>(number)];
    }
    return any;
}

} // namespace

int numberParts(Image<std::int32_t>& numbers, int smallest) {
    const int rows = numbers.rows();
    const int columns = numbers.columns();
    Image<std::int32_t> fresh(1, rows, columns);
    std::vector<int> part;
    int count = 0;
    for (int start = 0; start < rows * columns; ++start) {
        const auto at = static_cast<std::size_t>(start);
        const int number = numbers.values()[at];
        if (number == 0 || fresh.values()[at] != 0) {
            continue;
        }
        ++count;
        part.assign(1, start);
        fresh.values()[at] = count;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const int row = part[i] / columns;
            const int column = part[i] % columns;
            const auto visit = [&](int y, int x) {
                if (y >= 0 && x >= 0 && y < rows && x < columns && numbers.at(0, y, x) == number &&
                    fresh.at(0, y, x) == 0) {
                    fresh.at(0, y, x) = count;
                    part.push_back(y * columns + x);
                }
            };
            visit(row - 1, column);
            visit(row + 1, column);
            visit(row, column - 1);
            visit(row, column + 1);
        }
        if (part.size() < static_cast<std::size_t>(smallest)) {
            for (const int pixel : part) {
                fresh.values()[static_cast<std::size_t>(pixel)] = 0;
                numbers.values()[static_cast<std::size_t>(pixel)] = 0;
            }
            --count;
        }
    }
    numbers = std::move(fresh);
    return count;
}

int joinSmallParts(Image<std::int32_t>& numbers, int smallest) {
    int count = numberParts(numbers, 1);
    for (int round = 0; round < 12 && joinSmall(numbers, count, smallest); ++round) {
        count = numberParts(numbers, 1);
    }
    return count;
}

Image<std::uint8_t> withoutSlivers(const Image<std::uint8_t>& mask) {
    Image<std::uint8_t> current = mask;
    for (int pass = 0; pass < 2; ++pass) {
        const Image<std::uint8_t> before = current;
        forRows(mask.rows(), [&](int row) {
            for (int column = 0; column < mask.columns(); ++column) {
                int covered = 0;
                int seen = 0;
                for (int y = std::max(0, row - 1); y <= std::min(mask.rows() - 1, row + 1); ++y) {
                    for (int x = std::max(0, column - 1); x <= std::min(mask.columns() - 1, column + 1);
                         ++x) {
                        covered += before.at(0, y, x);
                        ++seen;
                    }
                }
                current.at(0, row, column) = 2 * covered > seen ? 1 : 0;
            }
        });
    }
    return current;
}

} // namespace nunatak::scene::simulation
