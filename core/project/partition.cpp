// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/partition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;

constexpr double square = 10; // m

std::uint64_t squareOf(const geo::Point& point) {
    const auto x = static_cast<std::int64_t>(std::floor(point.x / square));
    const auto y = static_cast<std::int64_t>(std::floor(point.y / square));
    return (static_cast<std::uint64_t>(x) << 32U) ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFFU);
}

class Bisection {
public:
    Bisection(const std::vector<OutlineHandle>& outlines, const std::vector<SharedLine>& lines)
        : m_lines(lines), m_part(outlines.size()), m_rank(outlines.size()) {
        for (const OutlineHandle& outline : outlines) {
            m_centres.push_back(outline->extent().center());
        }
    }

    void divide(std::vector<std::size_t> items, const std::vector<std::size_t>& lines, int first, int parts) {
        if (parts <= 1) {
            for (const std::size_t item : items) {
                m_part[item] = first;
            }
            return;
        }
        const int left = parts / 2;
        const std::size_t cut = bestCut(items, lines, left, parts);
        // The order of the best direction is the items' now.
        const std::vector<std::size_t> one(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(cut));
        const std::vector<std::size_t> other(items.begin() + static_cast<std::ptrdiff_t>(cut), items.end());
        for (std::size_t i = 0; i < items.size(); ++i) {
            m_rank[items[i]] = i;
        }
        std::vector<std::size_t> inOne;
        std::vector<std::size_t> inOther;
        for (const std::size_t line : lines) {
            const bool isOne = m_rank[m_lines[line].one] < cut;
            if (isOne == (m_rank[m_lines[line].other] < cut)) {
                (isOne ? inOne : inOther).push_back(line);
            }
        }
        divide(one, inOne, first, left);
        divide(other, inOther, first + left, parts - left);
    }

    std::vector<int> take() { return std::move(m_part); }

private:
    /// Orders the items along the best direction and returns how many are on its near side.
    std::size_t bestCut(std::vector<std::size_t>& items, const std::vector<std::size_t>& lines, int left,
                        int parts) {
        const std::size_t count = items.size();
        const auto target = static_cast<std::size_t>(
            std::llround(static_cast<double>(count) * left / static_cast<double>(parts)));
        const std::size_t slack = count / static_cast<std::size_t>(parts) / 20;
        const std::size_t least = std::max<std::size_t>(target > slack ? target - slack : 0, left);
        const std::size_t most = std::min(target + slack, count - static_cast<std::size_t>(parts - left));
        double widest = 0;
        std::array<double, directions> spread{};
        for (int direction = 0; direction < directions; ++direction) {
            spread[direction] = spreadOf(items, direction);
            widest = std::max(widest, spread[direction]);
        }
        constexpr double compact = 0.8; // a cut across a shorter side makes long parts
        std::vector<std::size_t> best;
        std::size_t bestPlace = target;
        std::pair<long long, std::size_t> bestCost{std::numeric_limits<long long>::max(), 0};
        for (int direction = 0; direction < directions; ++direction) {
            if (spread[direction] < compact * widest) {
                continue;
            }
            std::vector<std::size_t> order = items;
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return along(a, direction) < along(b, direction);
            });
            const std::vector<long long> cost = costs(order, lines);
            for (std::size_t place = least; place <= most; ++place) {
                const std::size_t away = place > target ? place - target : target - place;
                if (std::pair(cost[place], away) < bestCost) {
                    bestCost = {cost[place], away};
                    bestPlace = place;
                    best = order;
                }
            }
        }
        items = std::move(best);
        return bestPlace;
    }

    /// Of a cut in front of each place: the shared lines that it goes through.
    std::vector<long long> costs(const std::vector<std::size_t>& order,
                                 const std::vector<std::size_t>& lines) {
        for (std::size_t i = 0; i < order.size(); ++i) {
            m_rank[order[i]] = i;
        }
        std::vector<long long> cost(order.size() + 2);
        for (const std::size_t line : lines) {
            const auto [from, to] = std::minmax(m_rank[m_lines[line].one], m_rank[m_lines[line].other]);
            cost[from + 1] += m_lines[line].length;
            cost[to + 1] -= m_lines[line].length;
        }
        std::partial_sum(cost.begin(), cost.end(), cost.begin());
        return cost;
    }

    double along(std::size_t item, int direction) const {
        const double angle = direction * std::acos(-1.0) / directions;
        return m_centres[item].x * std::cos(angle) + m_centres[item].y * std::sin(angle);
    }

    double spreadOf(const std::vector<std::size_t>& items, int direction) const {
        double sum = 0;
        for (const std::size_t item : items) {
            sum += along(item, direction);
        }
        const double mean = sum / static_cast<double>(items.size());
        double squares = 0;
        for (const std::size_t item : items) {
            squares += std::pow(along(item, direction) - mean, 2);
        }
        return std::sqrt(squares / static_cast<double>(items.size()));
    }

    static constexpr int directions = 8;

    const std::vector<SharedLine>& m_lines;
    std::vector<geo::Point> m_centres;
    std::vector<int> m_part;
    std::vector<std::size_t> m_rank;
};

} // namespace

std::vector<SharedLine> sharedLines(const std::vector<OutlineHandle>& outlines) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        for (const geo::Polygon& polygon : outlines[i]->geometry) {
            const auto add = [&](const geo::Ring& ring) {
                for (const geo::Point& point : ring) {
                    const std::pair place(squareOf(point), static_cast<std::uint32_t>(i));
                    if (places.empty() || places.back() != place) {
                        places.push_back(place);
                    }
                }
            };
            add(polygon.outer);
            std::for_each(polygon.holes.begin(), polygon.holes.end(), add);
        }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> lengths;
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin + 1;
        while (end < places.size() && places[end].first == places[begin].first) {
            ++end;
        }
        for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t k = i + 1; k < end; ++k) {
                ++lengths[{places[i].second, places[k].second}];
            }
        }
        begin = end;
    }
    std::vector<SharedLine> lines;
    for (const auto& [pair, length] : lengths) {
        lines.push_back({pair.first, pair.second, length});
    }
    return lines;
}

std::vector<int> partition(const std::vector<OutlineHandle>& outlines, const std::vector<SharedLine>& lines,
                           int parts) {
    std::vector<std::size_t> items(outlines.size());
    std::iota(items.begin(), items.end(), std::size_t{0});
    std::vector<std::size_t> all(lines.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    Bisection bisection(outlines, lines);
    bisection.divide(std::move(items), all, 0, std::min(parts, static_cast<int>(outlines.size())));
    return bisection.take();
}

} // namespace nunatak::project
