// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/outline_layer.h"

#include "viewport/line_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui {

namespace {

/// Vertices in one chunk: few enough that an edit is made again in a millisecond, enough to keep draw calls
/// few.
constexpr std::size_t chunkVertices = 3000;
const QColor casingColor(10, 16, 24, 205);
constexpr double casingWidth = 2.2; // more than the line is wide, both sides together
/// Metres a line may leave the surface in each degree of detail, and how much of a pixel that may be.
constexpr std::array<double, 5> tolerances{0, 3, 8, 24, 80};
constexpr double pixelShare = 0.4;

using Handles = std::vector<OutlineLayer::Handle>;

/// Where the outline with that uuid is among those in order of uuid, or their end.
Handles::const_iterator placeOf(const Handles& outlines, const std::string& uuid) {
    const auto found = std::lower_bound(
        outlines.begin(), outlines.end(), uuid,
        [](const auto& outline, const std::string& wanted) { return outline->uuid < wanted; });
    return found != outlines.end() && (*found)->uuid == uuid ? found : outlines.end();
}

} // namespace

OutlineLayer::OutlineLayer(const ShaderPrograms& programs, int order)
    : m_root(new osg::Group), m_casing(programs, order * passes), m_core(programs, order * passes + 1),
      m_stored(new osg::Group), m_liveNode(new osg::Group) {
    for (const auto* pass : {&m_casing, &m_core}) {
        pass->group()->addChild(m_stored);
        pass->group()->addChild(m_liveNode);
        m_root->addChild(pass->group());
    }
}

void OutlineLayer::setStyle(const LayerStyle& style) {
    m_style = style;
    auto casing = casingColor;
    casing.setAlphaF(casing.alphaF() * style.color.alphaF());
    m_casing.setLook(casing, style.width + casingWidth);
    m_core.setLook(style.color, style.width);
    m_root->setNodeMask(style.visible ? ~0U : 0U);
}

void OutlineLayer::setTerrain(std::shared_ptr<const terrain::Terrain> terrain, geo::Point origin) {
    m_terrain = std::move(terrain);
    m_origin = origin;
    if (m_terrain) {
        const auto [lowest, highest] =
            std::minmax_element(m_terrain->heights.values().begin(), m_terrain->heights.values().end());
        m_lowest = *lowest;
        m_highest = *highest;
    }
    m_chunks.clear();
    m_changed = true;
    makeChunks(m_all);
    const auto live = std::exchange(m_live, nullptr);
    setLive(live);
}

OutlineLayer::Handle OutlineLayer::find(const std::string& uuid) const {
    const auto found = placeOf(m_all, uuid);
    return found != m_all.end() ? *found : nullptr;
}

void OutlineLayer::setOutlines(std::vector<Handle> next) {
    if (next == m_all) {
        return;
    }
    const auto byUuid = [](const Handle& a, const Handle& b) { return a->uuid < b->uuid; };
    if (!std::is_sorted(next.begin(), next.end(), byUuid)) {
        std::sort(next.begin(), next.end(), byUuid);
    }
    // Chunks keep their outlines; an edited one replaces what it was, a removed one leaves.
    std::vector<bool> placed(next.size(), false);
    for (auto& chunk : m_chunks) {
        bool changed = false;
        std::vector<Handle> kept;
        for (const auto& outline : chunk.outlines) {
            const auto found = placeOf(next, outline->uuid);
            if (found == next.end()) {
                changed = true;
                continue;
            }
            changed = changed || *found != outline;
            kept.push_back(*found);
            placed[static_cast<std::size_t>(found - next.begin())] = true;
        }
        chunk.outlines = std::move(kept);
        if (changed) {
            reset(chunk);
            m_changed = true;
        }
    }
    m_changed =
        std::erase_if(m_chunks, [](const Chunk& chunk) { return chunk.outlines.empty(); }) > 0 || m_changed;
    std::vector<Handle> added;
    for (std::size_t i = 0; i < next.size(); ++i) {
        if (!placed[i]) {
            added.push_back(next[i]);
        }
    }
    m_all = std::move(next);
    makeChunks(std::move(added));
}

void OutlineLayer::makeChunks(std::vector<Handle> outlines) {
    // Neighbours on the map go together, or no chunk could ever be out of sight: west to east in strips.
    const auto place = [this](const Handle& outline) {
        const auto center = outline->extent().center();
        const double strip =
            m_terrain
                ? std::floor((center.y - m_origin.y) / (m_terrain->heightGrid.extent().height() / 8 + 1e-9))
                : 0;
        return std::pair(strip, center.x);
    };
    std::vector<std::pair<std::pair<double, double>, Handle>> sorted;
    sorted.reserve(outlines.size());
    for (auto& outline : outlines) {
        sorted.emplace_back(place(outline), std::move(outline));
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second->uuid < b.second->uuid;
    });
    Chunk chunk;
    std::size_t vertices = 0;
    const auto finish = [&] {
        if (!chunk.outlines.empty()) {
            reset(chunk);
            m_chunks.push_back(std::move(chunk));
            m_changed = true;
        }
        chunk = {};
        vertices = 0;
    };
    for (auto& [key, outline] : sorted) {
        vertices += outline->vertices();
        chunk.outlines.push_back(std::move(outline));
        if (vertices >= chunkVertices) {
            finish();
        }
    }
    finish();
}

void OutlineLayer::reset(Chunk& chunk) {
    if (const auto& shown = chunk.details[chunk.shown]; shown.made) {
        chunk.former = shown.geometry;
    }
    chunk.details = {};
    chunk.extent = {};
    for (const auto& outline : chunk.outlines) {
        chunk.extent.include(outline->extent());
    }
}

std::size_t OutlineLayer::detailFor(const Chunk& chunk, const MapCamera& camera, const QSize& size,
                                    double exaggeration) const {
    // Metres per pixel at the nearest corner of what the chunk may reach.
    const auto whole = m_terrain->heightGrid.extent();
    double nearest = std::numeric_limits<double>::infinity();
    for (const double x :
         {std::max(chunk.extent.xmin, whole.xmin), std::min(chunk.extent.xmax, whole.xmax)}) {
        for (const double y :
             {std::max(chunk.extent.ymin, whole.ymin), std::min(chunk.extent.ymax, whole.ymax)}) {
            for (const double z : {m_lowest, m_highest}) {
                nearest = std::min(nearest, camera.metresPerPixel({x, y, z * exaggeration}, size));
            }
        }
    }
    std::size_t detail = 0;
    while (detail + 1 < tolerances.size() &&
           tolerances[detail + 1] * std::max(1.0, exaggeration) <= pixelShare * nearest) {
        ++detail;
    }
    return detail;
}

bool OutlineLayer::make(const Chunk& chunk, Detail& detail, double tolerance,
                        std::chrono::steady_clock::time_point deadline) const {
    if (!detail.making) {
        detail.making = std::make_unique<LinesInMaking>(*m_terrain, m_origin, tolerance, chunk.outlines);
    }
    while (!detail.making->advance(chunkVertices)) {
        if (std::chrono::steady_clock::now() >= deadline) {
            return false;
        }
    }
    detail.ranges = detail.making->ranges();
    detail.geometry = detail.making->take();
    detail.making.reset();
    detail.made = true;
    if (m_live) {
        setDrawn(detail, m_live->uuid, false);
    }
    return true;
}

bool OutlineLayer::prepare(const MapCamera& camera, const QSize& size, double exaggeration,
                           std::chrono::steady_clock::time_point deadline) {
    if (!m_terrain || !m_style.visible) {
        return true;
    }
    bool complete = true;
    for (auto& chunk : m_chunks) {
        const auto wanted = detailFor(chunk, camera, size, exaggeration);
        auto& detail = chunk.details[wanted];
        if (!detail.made) {
            if (!complete) {
                continue;
            }
            if (!make(chunk, detail, tolerances[wanted], deadline)) {
                complete = false;
                continue;
            }
            m_changed = true;
            complete = std::chrono::steady_clock::now() < deadline;
        }
        chunk.former = nullptr;
        m_changed = m_changed || chunk.shown != wanted;
        chunk.shown = wanted;
    }
    if (!m_changed) {
        return complete;
    }
    m_stored->removeChildren(0, m_stored->getNumChildren());
    for (const auto& chunk : m_chunks) {
        const auto& shown = chunk.details[chunk.shown];
        if (const auto& geometry = shown.made ? shown.geometry : chunk.former) {
            m_stored->addChild(geometry);
        }
    }
    m_changed = false;
    return complete;
}

void OutlineLayer::setDrawn(const std::string& uuid, bool drawn) {
    for (auto& chunk : m_chunks) {
        for (auto& detail : chunk.details) {
            setDrawn(detail, uuid, drawn);
        }
    }
}

void OutlineLayer::setDrawn(Detail& detail, const std::string& uuid, bool drawn) {
    const auto range = detail.ranges.find(uuid);
    if (range == detail.ranges.end() || !detail.geometry) {
        return;
    }
    // A segment whose six indices are equal has no area: nothing is drawn, and nothing else has to move.
    auto& indices = static_cast<osg::DrawElementsUInt&>(*detail.geometry->getPrimitiveSet(0));
    const auto first = range->second.firstIndex;
    for (std::size_t i = 0; i < range->second.indexCount; ++i) {
        constexpr GLuint corners[6] = {0, 3, 2, 0, 2, 1};
        const auto segment = static_cast<GLuint>((first + i) / 6 * 4);
        indices[first + i] = segment + (drawn ? corners[(first + i) % 6] : 0);
    }
    indices.dirty();
}

void OutlineLayer::setLive(Handle outline) {
    if (m_live && (!outline || outline->uuid != m_live->uuid)) {
        setDrawn(m_live->uuid, true);
    }
    const bool wasLive = m_live && outline && outline->uuid == m_live->uuid;
    m_live = std::move(outline);
    m_liveNode->removeChildren(0, m_liveNode->getNumChildren());
    if (!m_live || !m_terrain) {
        return;
    }
    if (!wasLive) {
        setDrawn(m_live->uuid, false);
    }
    LineGeometryBuilder builder(*m_terrain, m_origin);
    builder.addShape(m_live->geometry);
    if (const auto geometry = builder.take()) {
        m_liveNode->addChild(geometry);
    }
}

} // namespace nunatak::ui
