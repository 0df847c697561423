// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/merge_basins.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::divides {

namespace {

/// Basins that were joined.
class Groups {
public:
    explicit Groups(const std::vector<Basin>& basins) : m_root(basins.size()), m_outlet(basins.size()) {
        std::iota(m_root.begin(), m_root.end(), 0);
        for (std::size_t i = 0; i < basins.size(); ++i) {
            m_outlet[i] = basins[i].outletHeight;
            m_pixels.push_back(basins[i].pixels);
        }
    }

    std::int32_t rootOf(std::int32_t basin) {
        while (m_root[at(basin)] != basin) {
            m_root[at(basin)] = m_root[at(m_root[at(basin)])];
            basin = m_root[at(basin)];
        }
        return basin;
    }
    /// Of roots.
    void join(std::int32_t into, std::int32_t gone) {
        m_root[at(gone)] = into;
        m_outlet[at(into)] = std::min(m_outlet[at(into)], m_outlet[at(gone)]);
        m_pixels[at(into)] += m_pixels[at(gone)];
    }
    float outlet(std::int32_t root) const { return m_outlet[at(root)]; }
    std::uint64_t pixels(std::int32_t root) const { return m_pixels[at(root)]; }
    std::int32_t size() const { return static_cast<std::int32_t>(m_root.size()); }

private:
    static std::size_t at(std::int32_t basin) { return static_cast<std::size_t>(basin); }

    std::vector<std::int32_t> m_root;
    std::vector<float> m_outlet; ///< the lowest
    std::vector<std::uint64_t> m_pixels;
};

void joinOverSaddles(Groups& groups, const std::vector<Saddle>& saddles, double rise) {
    for (const Saddle& saddle : saddles) {
        const std::int32_t a = groups.rootOf(saddle.a);
        const std::int32_t b = groups.rootOf(saddle.b);
        if (a != b && saddle.height - std::max(groups.outlet(a), groups.outlet(b)) <= rise) {
            groups.join(std::min(a, b), std::max(a, b));
        }
    }
}

/// How one glacier meets another.
struct Border {
    float height = 0;
    std::uint64_t edges = 0;
};
using Borders = std::map<std::int32_t, Border>; ///< by the neighbour

void add(Borders& borders, std::int32_t to, const Border& border) {
    const auto [found, isNew] = borders.try_emplace(to, border);
    if (!isNew) {
        found->second.height = std::min(found->second.height, border.height);
        found->second.edges += border.edges;
    }
}

void joinSmall(Groups& groups, const std::vector<Saddle>& saddles, double leastPixels) {
    std::map<std::int32_t, Borders> glaciers;
    std::set<std::pair<std::uint64_t, std::int32_t>> small;
    for (const Saddle& saddle : saddles) {
        const std::int32_t a = groups.rootOf(saddle.a);
        const std::int32_t b = groups.rootOf(saddle.b);
        if (a != b) {
            add(glaciers[a], b, {saddle.height, saddle.edges});
            add(glaciers[b], a, {saddle.height, saddle.edges});
        }
    }
    const auto isSmall = [&](std::int32_t glacier) {
        return static_cast<double>(groups.pixels(glacier)) < leastPixels;
    };
    for (const auto& [glacier, borders] : glaciers) {
        if (isSmall(glacier)) {
            small.emplace(groups.pixels(glacier), glacier);
        }
    }
    while (!small.empty()) {
        const std::int32_t gone = small.begin()->second;
        small.erase(small.begin());
        Borders& borders = glaciers[gone];
        if (borders.empty()) {
            continue;
        }
        const auto nearest =
            std::min_element(borders.begin(), borders.end(), [](const auto& x, const auto& y) {
                return std::tie(x.second.height, y.second.edges, x.first) <
                       std::tie(y.second.height, x.second.edges, y.first);
            });
        const std::int32_t into = nearest->first;
        small.erase({groups.pixels(into), into});
        groups.join(into, gone);
        Borders& kept = glaciers[into];
        kept.erase(gone);
        for (const auto& [other, border] : borders) {
            if (other == into) {
                continue;
            }
            add(kept, other, border);
            Borders& theirs = glaciers[other];
            theirs.erase(gone);
            add(theirs, into, border);
        }
        glaciers.erase(gone);
        if (isSmall(into)) {
            small.emplace(groups.pixels(into), into);
        }
    }
}

} // namespace

std::vector<std::int32_t> mergeBasins(const Basins& basins, const Thresholds& thresholds, double pixelArea) {
    Groups groups(basins.basins);
    joinOverSaddles(groups, basins.saddles, thresholds.saddle);
    joinSmall(groups, basins.saddles, thresholds.area / pixelArea);
    std::vector<std::int32_t> glacierOf;
    std::vector<std::int32_t> numbers(basins.basins.size(), -1);
    std::int32_t count = 0;
    for (std::int32_t i = 0; i < groups.size(); ++i) {
        std::int32_t& number = numbers[static_cast<std::size_t>(groups.rootOf(i))];
        if (number < 0) {
            number = count++;
        }
        glacierOf.push_back(number);
    }
    return glacierOf;
}

} // namespace nunatak::divides
