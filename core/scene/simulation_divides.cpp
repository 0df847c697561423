// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_divides.h"

#include "scene/simulation_landscape.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

/// Sets that grow together; the smallest member names each.
class Groups {
public:
    explicit Groups(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0); }
    int find(int member) {
        while (m_parent[static_cast<std::size_t>(member)] != member) {
            auto& parent = m_parent[static_cast<std::size_t>(member)];
            parent = m_parent[static_cast<std::size_t>(parent)];
            member = parent;
        }
        return member;
    }
    void join(int a, int b) {
        a = find(a);
        b = find(b);
        m_parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }

private:
    std::vector<int> m_parent;
};

/// Which stream each pixel of ice drains to.
std::vector<int> streamsOf(const Image<std::uint8_t>& ice, const Drainage& drainage, int reach) {
    const auto& covered = ice.values();
    std::vector<int> stream(covered.size(), -1);
    Groups groups(covered.size());
    for (const int pixel : drainage.order) { // from below: the receiver is known already
        const auto here = static_cast<std::size_t>(pixel);
        if (covered[here] == 0) {
            continue;
        }
        int next = drainage.receiver[here];
        if (next != pixel && covered[static_cast<std::size_t>(next)] != 0) {
            stream[here] = stream[static_cast<std::size_t>(next)];
            continue;
        }
        stream[here] = pixel;
        for (int step = 0; step < reach && covered[static_cast<std::size_t>(next)] == 0; ++step) {
            groups.join(pixel, next);
            const int further = drainage.receiver[static_cast<std::size_t>(next)];
            if (further == next) {
                break;
            }
            next = further;
        }
    }
    for (auto& name : stream) {
        if (name >= 0) {
            name = groups.find(name) + 1; // 0 is for no ice
        } else {
            name = 0;
        }
    }
    return stream;
}

/// For each number: how many pixel edges it shares with which other number.
using Borders = std::map<std::pair<int, int>, int>;

Borders bordersOf(const Image<std::int32_t>& numbers) {
    Borders borders;
    const auto add = [&](int a, int b) {
        if (a != b && a != 0 && b != 0) {
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
    for (int number = 1; number <= count; ++number) {
        if (size[static_cast<std::size_t>(number)] >= smallest) {
            continue;
        }
        int best = 0;
        int longest = 0;
        for (auto it = borders.lower_bound({number, 0}); it != borders.end() && it->first.first == number;
             ++it) {
            const int other = it->first.second;
            // Only into larger ones, so that no two swap names for ever.
            const auto rank = [&](int which) {
                return std::pair(size[static_cast<std::size_t>(which)], which);
            };
            if (it->second > longest && rank(other) > rank(number)) {
                longest = it->second;
                best = other;
            }
        }
        if (best != 0) {
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

Image<std::int32_t> glacierBasins(const Image<std::uint8_t>& ice, const Drainage& drainage, int reach,
                                  int smallest) {
    Image<std::int32_t> numbers(1, ice.rows(), ice.columns());
    const auto streams = streamsOf(ice, drainage, reach);
    std::copy(streams.begin(), streams.end(), numbers.values().begin());
    for (int round = 0; round < 12; ++round) {
        const int count = numberParts(numbers, 1);
        if (!joinSmall(numbers, count, smallest)) {
            break;
        }
    }
    return numbers;
}

} // namespace nunatak::scene::simulation
