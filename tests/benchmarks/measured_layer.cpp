// SPDX-License-Identifier: GPL-3.0-or-later
#include "measured_layer.h"

#include "core/editing/shapes.h"
#include "exchange/outline_files.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

namespace nunatak::tests {

namespace {

constexpr int vertices = 100000;
constexpr double radius = 200000;
constexpr std::size_t neighbours = 8;
constexpr geo::Point middle{500000, 5000000};

/// The ground outside of a stretch of the ring, with the stretch itself.
geo::MultiPolygon outsideOf(const geo::Ring& ring, std::size_t first, std::size_t last) {
    geo::Ring outer;
    for (std::size_t i = first; i <= last; ++i) {
        outer.push_back(ring[i % ring.size()]);
    }
    for (std::size_t i = last + 1; i-- > first;) {
        if ((i - first) % 100 == 0) {
            const geo::Point point = ring[i % ring.size()];
            outer.push_back({middle.x + (point.x - middle.x) * 1.3, middle.y + (point.y - middle.y) * 1.3});
        }
    }
    return {{outer, {}}};
}

outlines::Outline named(const std::string& name, geo::MultiPolygon shape) {
    outlines::Outline outline;
    outline.uuid = name;
    outline.name = name;
    outline.geometry = std::move(shape);
    return outline;
}

std::vector<outlines::Outline> madeUp() {
    const geo::Ring ring = wavyRing(vertices, radius, middle);
    std::vector<outlines::Outline> layer{named("main", {{ring, {}}})};
    constexpr std::size_t share = vertices / neighbours;
    for (std::size_t i = 0; i < neighbours; ++i) {
        layer.push_back(named("beside " + std::to_string(i), outsideOf(ring, i * share, (i + 1) * share)));
    }
    return layer;
}

} // namespace

std::vector<outlines::Outline> measuredLayer(const std::optional<std::string>& file, const geo::Crs& crs) {
    auto layer = file ? exchange::readOutlines(*file, crs).outlines : madeUp();
    std::printf("%s: %zu outlines\n", file ? file->c_str() : "a layer that is made up", layer.size());
    return layer;
}

Edited editedOf(const std::vector<outlines::OutlineHandle>& layer) {
    Edited edited;
    edited.outline = *std::max_element(layer.begin(), layer.end(), [](const auto& a, const auto& b) {
        return a->vertices() < b->vertices();
    });
    std::set<std::pair<double, double>> ofOthers;
    for (const auto& outline : layer) {
        if (outline != edited.outline && outline->extent().intersects(edited.outline->extent())) {
            for (const auto& part : outline->geometry) {
                for (const auto& point : part.outer) {
                    ofOthers.emplace(point.x, point.y);
                }
            }
        }
    }
    const geo::Ring& ring = edited.outline->geometry.front().outer;
    std::vector<int> run;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto vertex = static_cast<int>(i);
        if (!ofOthers.contains({ring[i].x, ring[i].y})) {
            edited.free.push_back(vertex);
            continue;
        }
        if (!edited.shared.empty() && edited.shared.back() != vertex - 1) {
            run.clear();
        }
        edited.shared.push_back(vertex);
        run.push_back(vertex);
        if (run.size() > edited.run.size()) {
            edited.run = run;
        }
    }
    std::printf("the largest: %zu vertices, %zu of its outer ring shared\n", edited.outline->vertices(),
                edited.shared.size());
    return edited;
}

geo::Point beside(const geo::Ring& ring, int vertex, double share) {
    const geo::Point a = ring[static_cast<std::size_t>(vertex)];
    const geo::Point b = ring[(static_cast<std::size_t>(vertex) + 1) % ring.size()];
    return {a.x + 0.4 * (b.x - a.x) + share * (b.y - a.y), a.y + 0.4 * (b.y - a.y) - share * (b.x - a.x)};
}

geo::Ring strokeAlong(const geo::Ring& ring, const std::vector<int>& vertices) {
    geo::Ring stroke{beside(ring, vertices.front(), -0.05)};
    for (std::size_t i = 1; i + 1 < vertices.size(); ++i) {
        stroke.push_back(beside(ring, vertices[i]));
    }
    stroke.push_back(beside(ring, vertices.back(), -0.05));
    return stroke;
}

} // namespace nunatak::tests
