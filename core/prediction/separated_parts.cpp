// SPDX-License-Identifier: GPL-3.0-or-later
#include "separated_parts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace nunatak::prediction {

namespace {

constexpr double metresPerDegree = 111'320;
/// A part with less than this share of all pixels says too little.
constexpr double leastShare = 0.2;

using Blocks = std::vector<const ValidationBlock*>;

/// Of a degree of longitude at the boxes' end that is nearer to a pole, so that no distance is overstated.
double metresPerDegreeOfLongitude(const geo::Extent& a, const geo::Extent& b) {
    const double latitude =
        std::max({std::abs(a.ymin), std::abs(a.ymax), std::abs(b.ymin), std::abs(b.ymax)});
    return metresPerDegree * std::cos(std::min(latitude, 90.0) * std::numbers::pi / 180);
}

double distance(const geo::Extent& a, const geo::Extent& b) {
    const double north = std::max({0.0, a.ymin - b.ymax, b.ymin - a.ymax}) * metresPerDegree;
    double east = 360;
    for (const double turn : {-360.0, 0.0, 360.0}) {
        east = std::min(east, std::max({0.0, a.xmin + turn - b.xmax, b.xmin - a.xmax - turn}));
    }
    return std::hypot(north, east * metresPerDegreeOfLongitude(a, b));
}

double pixelsOf(const Blocks& blocks) {
    return std::accumulate(blocks.begin(), blocks.end(), 0.0, [](double sum, const ValidationBlock* block) {
        return sum + block->pixels.count();
    });
}

geo::Extent placeOf(const ValidationGround& ground) {
    geo::Extent extent;
    for (const auto& block : ground.blocks) {
        extent.include(block.place);
    }
    return extent;
}

/// Grounds that lie nearer to one another than that, as one piece each.
std::vector<Blocks> pieces(const std::vector<ValidationGround>& grounds, double metres) {
    std::vector<std::size_t> leader(grounds.size());
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    const auto find = [&](std::size_t i) {
        while (leader[i] != i) {
            i = leader[i] = leader[leader[i]];
        }
        return i;
    };
    std::vector<geo::Extent> places;
    for (const auto& ground : grounds) {
        places.push_back(placeOf(ground));
    }
    for (std::size_t i = 0; i < grounds.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (distance(places[i], places[j]) < metres) {
                leader[find(i)] = find(j);
            }
        }
    }
    std::vector<Blocks> all(grounds.size());
    for (std::size_t i = 0; i < grounds.size(); ++i) {
        for (const auto& block : grounds[i].blocks) {
            all[find(i)].push_back(&block);
        }
    }
    std::erase_if(all, [](const Blocks& blocks) { return pixelsOf(blocks) == 0; });
    return all;
}

/// Both sides of a cut across the longer way through the blocks, where half of the pixels lie on each side.
std::pair<Blocks, Blocks> cutInTwo(const Blocks& blocks, double metres) {
    const double origin = blocks.front()->place.center().x; // so that pieces across ±180° hang together
    struct Stretch {
        double first;
        double end;
        const ValidationBlock* block;
    };
    geo::Extent bounds;
    std::vector<geo::Extent> places;
    for (const auto* block : blocks) {
        auto place = block->place;
        const double turn = 360 * std::round((origin - place.center().x) / 360);
        place.xmin += turn;
        place.xmax += turn;
        bounds.include(place);
        places.push_back(place);
    }
    const double eastMetres = metresPerDegreeOfLongitude(bounds, bounds);
    const bool isWide = bounds.width() * eastMetres > bounds.height() * metresPerDegree;
    const double half = metres / 2 / (isWide ? std::max(eastMetres, 1e-6) : metresPerDegree);
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        stretches.push_back(isWide ? Stretch{places[i].xmin, places[i].xmax, blocks[i]}
                                   : Stretch{places[i].ymin, places[i].ymax, blocks[i]});
    }
    std::ranges::sort(stretches,
                      [](const Stretch& a, const Stretch& b) { return a.first + a.end < b.first + b.end; });
    double before = 0;
    double cut = 0;
    for (const auto& stretch : stretches) {
        before += stretch.block->pixels.count();
        cut = (stretch.first + stretch.end) / 2;
        if (before >= pixelsOf(blocks) / 2) {
            break;
        }
    }
    std::pair<Blocks, Blocks> sides;
    for (const auto& stretch : stretches) {
        if (stretch.end <= cut - half) {
            sides.first.push_back(stretch.block);
        } else if (stretch.first >= cut + half) {
            sides.second.push_back(stretch.block);
        }
    }
    return sides;
}

/// The largest pieces first, each to the part that has less so far.
std::pair<Blocks, Blocks> shared(std::vector<Blocks> all) {
    std::ranges::stable_sort(all, [](const Blocks& a, const Blocks& b) { return pixelsOf(a) > pixelsOf(b); });
    std::pair<Blocks, Blocks> parts;
    for (const auto& blocks : all) {
        auto& part = pixelsOf(parts.first) <= pixelsOf(parts.second) ? parts.first : parts.second;
        part.insert(part.end(), blocks.begin(), blocks.end());
    }
    return parts;
}

/// The first and the last two fifths, where no place is known.
std::pair<Blocks, Blocks> byOrder(const std::vector<ValidationGround>& grounds) {
    std::pair<Blocks, Blocks> parts;
    const auto each = std::max<std::size_t>(grounds.size() > 1 ? 1 : 0, grounds.size() * 2 / 5);
    for (std::size_t i = 0; i < grounds.size(); ++i) {
        for (const auto& block : grounds[i].blocks) {
            if (i < each) {
                parts.first.push_back(&block);
            } else if (i >= grounds.size() - each) {
                parts.second.push_back(&block);
            }
        }
    }
    return parts;
}

ReliabilityCounter together(const Blocks& blocks) {
    ReliabilityCounter counter;
    for (const auto* block : blocks) {
        counter.add(block->pixels);
    }
    return counter;
}

} // namespace

std::vector<ValidationBlock> blocksOf(const geo::Grid& grid, int side) {
    const geo::CoordinateTransform toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
    std::vector<ValidationBlock> blocks;
    for (int row = 0; row < grid.rows; row += side) {
        for (int column = 0; column < grid.columns; column += side) {
            const auto extent = grid.window(column, row, std::min(side, grid.columns - column),
                                            std::min(side, grid.rows - row))
                                    .extent();
            auto& block = blocks.emplace_back();
            for (const double x : {extent.xmin, extent.xmax}) {
                for (const double y : {extent.ymin, extent.ymax}) {
                    block.place.include(toDegrees(geo::Point{x, y}));
                }
            }
            if (block.place.width() > 180) { // across ±180°
                const double west = block.place.xmax;
                block.place.xmax = block.place.xmin + 360;
                block.place.xmin = west;
            }
        }
    }
    return blocks;
}

SeparatedParts separated(const std::vector<ValidationGround>& grounds, double metres) {
    SeparatedParts result;
    double total = 0;
    for (const auto& ground : grounds) {
        for (const auto& block : ground.blocks) {
            total += block.pixels.count();
            result.placesKnown = result.placesKnown && !block.place.empty();
        }
    }
    std::pair<Blocks, Blocks> parts;
    if (!result.placesKnown) {
        parts = byOrder(grounds);
    } else if (auto all = pieces(grounds, metres); !all.empty()) {
        parts = shared(all);
        if (std::min(pixelsOf(parts.first), pixelsOf(parts.second)) < leastShare * total) {
            const auto largest = std::ranges::max_element(
                all, [](const Blocks& a, const Blocks& b) { return pixelsOf(a) < pixelsOf(b); });
            auto sides = cutInTwo(*largest, metres);
            all.erase(largest);
            all.push_back(std::move(sides.first));
            all.push_back(std::move(sides.second));
            parts = shared(all);
        }
    }
    result.fitting = together(parts.first);
    result.heldOut = together(parts.second);
    result.leftOut = total - result.fitting.count() - result.heldOut.count();
    return result;
}

} // namespace nunatak::prediction
