// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/outline_layer.h"

#include "geo/ring_difference.h"
#include "ui/viewport/line_geometry.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace nunatak::ui::viewport {

namespace {

const QColor casingColor(10, 16, 24, 205);
constexpr double casingWidth = 2.2; // more than the line is wide, both sides together
/// Bounds of what is kept for tiles that are not in view.
constexpr std::size_t mostTiles = 400;
constexpr std::size_t mostPieces = 150'000; // at about 200 bytes, and as much again in software OpenGL
// What the ground hides: to be followed, never to be taken for what is in front.
constexpr double hiddenOpacity = 0.4;
constexpr double hiddenWidth = 0.7;
constexpr double hoveredWider = 2;
constexpr int hoveredLighter = 118; // percent

/// So opaque a line is no darker where its pieces meet, or not that it is seen.
constexpr double nearlyOpaque = 0.97;

bool isMarked(const outlines::Outline& outline) {
    return outlines::stateOf(outline) != outlines::OutlineState::Untouched;
}

} // namespace

OutlineLayer::OutlineLayer(const ShaderPrograms& programs, int order, NextVersion nextVersion)
    : m_order(order), m_nextVersion(std::move(nextVersion)), m_root(new osg::Group),
      m_hidden(programs, LinePass::Hidden + order), m_casing(programs, LinePass::Layers + 2 * order),
      m_core(programs, LinePass::Layers + 2 * order + 1), m_hoverCasing(programs, LinePass::Hovered),
      m_hoverCore(programs, LinePass::Hovered + 1), m_stored(new osg::Group), m_liveNode(new osg::Group),
      m_hoverNode(new osg::Group), m_snapshot(std::make_shared<terrain::OutlineSnapshot>()),
      m_version(m_nextVersion()), m_arrived(std::make_shared<Mailbox>()) {
    for (auto* pass : {&m_hidden, &m_casing, &m_core}) {
        pass->add(m_stored);
        pass->add(m_liveNode);
        m_root->addChild(pass->node());
    }
    for (auto* pass : {&m_hoverCasing, &m_hoverCore}) {
        pass->add(m_hoverNode);
        m_root->addChild(pass->node());
    }
    m_hidden.setVisible(false);
    m_hoverCasing.setVisible(false);
    m_hoverCore.setVisible(false);
}

void OutlineLayer::setStyle(const LayerStyle& style) {
    if (style.isReference != m_style.isReference) {
        auto next = std::make_shared<terrain::OutlineSnapshot>(*m_snapshot);
        next->isReference = style.isReference;
        m_snapshot = std::move(next);
        m_version = m_nextVersion();
    }
    m_style = style;
    auto casing = casingColor;
    casing.setAlphaF(casing.alphaF() * style.color.alphaF());
    m_casing.setLook(casing, style.width + casingWidth);
    m_core.setLook(style.color, style.width);
    m_core.setCasing(casing, m_quick ? casingWidth : 0);
    const bool even = style.color.alphaF() < nearlyOpaque && !m_quick;
    m_casing.setEven(even);
    m_core.setEven(even);
    m_hidden.setEven(!m_quick);
    auto pale = style.color;
    pale.setAlphaF(static_cast<float>(hiddenOpacity * style.color.alphaF()));
    m_hidden.setLook(pale, hiddenWidth * style.width);
    auto bright = style.color.lighter(hoveredLighter);
    bright.setAlpha(255);
    m_hoverCore.setLook(bright, style.width + hoveredWider);
    m_hoverCasing.setLook(casingColor, style.width + hoveredWider + casingWidth);
    updateStates();
    m_root->setNodeMask(style.visible ? ~0U : 0U);
}

void OutlineLayer::updateStates() {
    const bool hasStates = m_marked > 0 || m_style.isReference;
    for (auto* pass : {&m_core, &m_hoverCore}) {
        pass->setStates(hasStates, LinePass::Middles{m_style.acceptedMiddle, m_style.changedMiddle});
    }
    for (auto* pass : {&m_casing, &m_hoverCasing}) {
        pass->setStates(hasStates, std::nullopt);
    }
}

void OutlineLayer::setHiddenShown(bool shown) {
    m_hidden.setVisible(shown);
}

void OutlineLayer::setHovered(const std::string& uuid) {
    if (uuid == m_hovered) {
        return;
    }
    m_hovered = uuid;
    m_hoverTiles.clear();
    m_hoverNode->removeChildren(0, m_hoverNode->getNumChildren());
    m_hoverCasing.setVisible(!uuid.empty());
    m_hoverCore.setVisible(!uuid.empty());
}

void OutlineLayer::setQuick(bool quick) {
    if (quick != m_quick) {
        m_quick = quick;
        m_casing.setVisible(!quick);
        setStyle(m_style);
    }
}

void OutlineLayer::forgetTiles() {
    m_tiles.clear();
    m_pieces = 0;
    m_liveTiles.clear();
    m_hoverTiles.clear();
    m_selectedTiles.clear();
    m_hoverNode->removeChildren(0, m_hoverNode->getNumChildren());
    m_stored->removeChildren(0, m_stored->getNumChildren());
    m_liveNode->removeChildren(0, m_liveNode->getNumChildren());
    m_version = m_nextVersion();
}

std::shared_ptr<const terrain::ThinnedOutline> OutlineLayer::shown(const std::string& uuid) const {
    return m_live.contains(uuid) ? m_thinnedLive.at(uuid) : m_snapshot->find(uuid);
}

void OutlineLayer::setOutlines(const std::vector<Handle>& all) {
    auto next = std::make_shared<terrain::OutlineSnapshot>();
    std::vector<std::shared_ptr<const terrain::ThinnedOutline>> changed;
    m_marked = 0;
    for (const auto& outline : all) {
        const auto known = m_snapshot->find(outline->uuid);
        const bool same = known != nullptr && known->outline() == outline;
        auto thinned = same ? known : std::make_shared<const terrain::ThinnedOutline>(outline);
        if (!same) {
            changed.push_back(thinned);
            if (known != nullptr) {
                changed.push_back(known);
            }
        }
        m_marked += isMarked(*outline) ? 1 : 0;
        next->put(std::move(thinned));
    }
    m_snapshot->forEach([&](const terrain::ThinnedOutline& outline) {
        if (next->find(outline.outline()->uuid) == nullptr) {
            changed.push_back(m_snapshot->find(outline.outline()->uuid));
        }
    });
    take(next, changed);
}

void OutlineLayer::changeOutlines(const std::vector<Handle>& put, const std::vector<std::string>& removed) {
    auto next = std::make_shared<terrain::OutlineSnapshot>(*m_snapshot);
    std::vector<std::shared_ptr<const terrain::ThinnedOutline>> changed;
    const auto forget = [&](const std::string& uuid) {
        if (const auto known = next->find(uuid)) {
            m_marked -= isMarked(*known->outline()) ? 1 : 0;
            changed.push_back(known);
        }
    };
    for (const auto& uuid : removed) {
        forget(uuid);
        next->remove(uuid);
    }
    for (const auto& outline : put) {
        forget(outline->uuid);
        changed.push_back(std::make_shared<const terrain::ThinnedOutline>(outline));
        m_marked += isMarked(*outline) ? 1 : 0;
        next->put(changed.back());
    }
    take(next, changed);
}

void OutlineLayer::take(const std::shared_ptr<terrain::OutlineSnapshot>& next,
                        const std::vector<std::shared_ptr<const terrain::ThinnedOutline>>& changed) {
    next->isReference = m_style.isReference;
    m_snapshot = next;
    updateStates();
    if (changed.empty()) {
        return;
    }
    const auto before = std::exchange(m_version, m_nextVersion());
    // Many at once: the extents alone would take a while, and nearly every tile is touched.
    constexpr std::size_t few = 50;
    for (auto& [id, tile] : m_tiles) {
        const auto extent = tile.extent;
        const bool touched =
            changed.size() > few || std::any_of(changed.begin(), changed.end(), [&](const auto& outline) {
                return outline->extent().intersects(extent);
            });
        if (!touched && tile.version == before) {
            tile.version = m_version;
        }
    }
}

void OutlineLayer::setPlace(int place) {
    m_hidden.setOrder(LinePass::Hidden + place);
    m_casing.setOrder(LinePass::Layers + 2 * place);
    m_core.setOrder(LinePass::Layers + 2 * place + 1);
}

bool OutlineLayer::isReady(const terrain::TileId& id) const {
    return !m_style.visible || m_snapshot->size() == 0 || m_tiles.contains(id);
}

bool OutlineLayer::takeIn(std::chrono::steady_clock::time_point deadline) {
    while (!m_arrived->empty()) {
        const auto next = m_arrived->extract(m_arrived->begin());
        auto& arrived = next.mapped();
        auto& tile = m_tiles[next.key()];
        if (arrived.version < tile.version) {
            continue;
        }
        tile.geometry = lineGeometry(arrived.lines);
        m_pieces += arrived.lines.pieces() - tile.pieces;
        tile.pieces = arrived.lines.pieces();
        tile.lines = std::move(arrived.lines);
        tile.lines.vertices = {};
        tile.version = arrived.version;
        tile.tolerance = arrived.tolerance;
        tile.extent = arrived.extent;
        tile.lastFrame = m_frame;
        for (const auto& [uuid, outline] : m_shownLive) {
            setDrawn(tile, uuid, false);
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            break;
        }
    }
    return m_arrived->empty();
}

bool OutlineLayer::hasArrived(const terrain::TileId& id) const {
    const auto found = m_arrived->find(id);
    return found != m_arrived->end() && found->second.version == m_version;
}

void OutlineLayer::addTask(const TileFrame& frame, const TileFrame::Item& item, double urgency,
                           Tasks& tasks) const {
    if (hasArrived(item.data->id)) {
        return; // and waits for a frame that has the time
    }
    tasks.push_back(
        {{terrain::WorkKey::Kind::Lines, item.data->id, m_order, m_version},
         urgency,
         [data = item.data, origin = frame.origin, tolerance = item.tolerance, snapshot = m_snapshot,
          version = m_version, mailbox = std::weak_ptr<Mailbox>(m_arrived)](const Progress& progress) {
             auto lines = std::make_shared<terrain::TileLines>(
                 terrain::buildTileLines(*snapshot, *data, origin, tolerance, progress));
             return [mailbox, lines, version, data, tolerance] {
                 if (const auto there = mailbox.lock()) {
                     (*there)[data->id] = {std::move(*lines), version, tolerance,
                                           data->mesh.heightGrid.extent()};
                 }
             };
         }});
}

bool OutlineLayer::prepare(const TileFrame& frame, Tasks& tasks) {
    ++m_frame;
    m_stored->removeChildren(0, m_stored->getNumChildren());
    if (!m_style.visible) {
        return true;
    }
    bool complete = true;
    for (const auto& item : frame.drawn) {
        const auto found = m_tiles.find(item.data->id);
        if (found != m_tiles.end()) {
            found->second.lastFrame = m_frame;
            if (const auto& geometry = found->second.geometry) {
                geometry->setStateSet(item.morphState);
                m_stored->addChild(geometry);
            }
        }
        if (!m_snapshot->size() == 0 && found == m_tiles.end()) {
            complete = false;
            addTask(frame, item, 1e4, tasks);
        } else if (found != m_tiles.end() && !isAsWanted(found->second, item)) {
            complete = false;
            addTask(frame, item, 1e5, tasks);
        }
    }
    for (const auto& item : frame.coming) {
        const auto found = m_tiles.find(item.data->id);
        if (found != m_tiles.end()) {
            found->second.lastFrame = m_frame;
        }
        if (!m_snapshot->size() == 0 && (found == m_tiles.end() || !isAsWanted(found->second, item))) {
            // Before the tiles of the next level are read: what is there is to be seen first.
            addTask(frame, item, 4 * item.urgency, tasks);
        }
    }
    if (!m_shownLive.empty() && m_live.empty() && complete) {
        for (const auto& [uuid, outline] : m_shownLive) {
            setDrawn(uuid, true);
        }
        m_shownLive.clear();
        m_thinnedLive.clear();
        m_liveTiles.clear();
    }
    drawLive(frame);
    drawHovered(frame);
    dropUnused(frame);
    return complete;
}

void OutlineLayer::dropUnused(const TileFrame& frame) {
    const auto isTooMuch = [&](double share) {
        return static_cast<double>(m_tiles.size()) > share * mostTiles ||
               static_cast<double>(m_pieces) > share * mostPieces;
    };
    if (!isTooMuch(1)) {
        return;
    }
    std::vector<std::pair<std::uint64_t, terrain::TileId>> ages;
    for (const auto& [id, tile] : m_tiles) {
        // Children that wait for a sister are neither drawn nor coming, but the frame counts on them.
        if (tile.lastFrame != m_frame && !frame.used.contains(id)) {
            ages.emplace_back(tile.lastFrame, id);
        }
    }
    std::sort(ages.begin(), ages.end());
    // A quarter at a time, so that it is not sorted each frame.
    for (std::size_t i = 0; i < ages.size() && isTooMuch(0.75); ++i) {
        const auto found = m_tiles.find(ages[i].second);
        m_pieces -= found->second.pieces;
        m_tiles.erase(found);
    }
}

void OutlineLayer::setDrawn(const std::string& uuid, bool drawn) {
    for (auto& [id, tile] : m_tiles) {
        setDrawn(tile, uuid, drawn);
    }
}

void OutlineLayer::setDrawn(Tile& tile, const std::string& uuid, bool drawn) {
    const auto range = std::find_if(tile.lines.ranges.begin(), tile.lines.ranges.end(),
                                    [&](const auto& r) { return r.uuid == uuid; });
    if (range != tile.lines.ranges.end() && tile.geometry) {
        setPiecesDrawn(*tile.geometry, range->first, range->count, drawn);
    }
}

void OutlineLayer::setLive(const LiveOutlines& outlines) {
    m_live = outlines;
    if (m_live.empty()) {
        return; // what is shown of them stays until the stored ones are drawn as they are now
    }
    for (const auto& [uuid, outline] : m_shownLive) {
        if (!m_live.contains(uuid)) {
            setDrawn(uuid, true);
        }
    }
    for (const auto& [uuid, outline] : m_live) {
        if (!m_shownLive.contains(uuid)) {
            setDrawn(uuid, false);
        }
    }
    forgetChangedLive();
    for (const auto& [uuid, outline] : m_live) {
        const auto shown = m_shownLive.find(uuid);
        if (shown != m_shownLive.end() && shown->second == outline) {
            continue;
        }
        const auto stored = m_snapshot->find(uuid);
        m_thinnedLive[uuid] = !outline ? nullptr
                              : stored ? std::make_shared<const terrain::ThinnedOutline>(outline, *stored)
                                       : std::make_shared<const terrain::ThinnedOutline>(outline);
    }
    std::erase_if(m_thinnedLive, [this](const auto& entry) { return !m_live.contains(entry.first); });
    m_shownLive = m_live;
}

void OutlineLayer::forgetChangedLive() {
    if (m_live.size() != m_shownLive.size()) {
        m_liveTiles.clear();
        return;
    }
    for (const auto& [uuid, outline] : m_live) {
        const auto shown = m_shownLive.find(uuid);
        if (shown != m_shownLive.end() && shown->second == outline) {
            continue;
        }
        const bool goesOn = shown != m_shownLive.end() && outline && shown->second &&
                            outlines::stateOf(*shown->second) == outlines::stateOf(*outline);
        const auto changed =
            goesOn ? geo::changedExtent(shown->second->geometry, outline->geometry) : std::nullopt;
        if (!changed) {
            m_liveTiles.clear();
            return;
        }
        std::erase_if(m_liveTiles,
                      [&changed](const auto& tile) { return tile.second.ground.intersects(*changed); });
    }
}

void OutlineLayer::drawLive(const TileFrame& frame) {
    m_liveNode->removeChildren(0, m_liveNode->getNumChildren());
    if (m_thinnedLive.empty()) {
        return;
    }
    terrain::RingsOfFrame rings;
    for (const auto& item : frame.drawn) {
        auto found = m_liveTiles.find(item.data->id);
        if (found == m_liveTiles.end() || found->second.tolerance != item.tolerance) {
            terrain::TileLineBuilder builder(*item.data, frame.origin, item.tolerance);
            for (const auto& [uuid, outline] : m_thinnedLive) {
                if (outline && outline->extent().intersects(item.data->ground)) {
                    builder.addOutline(*outline, rings.of(*outline, item.tolerance), m_style.isReference);
                }
            }
            found = m_liveTiles
                        .insert_or_assign(item.data->id, LiveTile{lineGeometry(builder.take()),
                                                                  item.data->ground, item.tolerance})
                        .first;
        }
        if (const auto& geometry = found->second.geometry) {
            geometry->setStateSet(item.morphState);
            m_liveNode->addChild(geometry);
        }
    }
}

void OutlineLayer::drawHovered(const TileFrame& frame) {
    m_hoverNode->removeChildren(0, m_hoverNode->getNumChildren());
    // One that is drawn as it is being dragged is emphasised by its selection.
    if (m_hovered.empty() || m_shownLive.contains(m_hovered)) {
        return;
    }
    addExcerpts(
        frame, [this](const std::string& uuid) { return uuid == m_hovered; }, m_hoverTiles, *m_hoverNode);
}

void OutlineLayer::setSelected(std::set<std::string> uuids) {
    if (uuids != m_selected) {
        m_selected = std::move(uuids);
        m_selectedTiles.clear();
    }
}

void OutlineLayer::addSelected(const TileFrame& frame, osg::Group& lines) {
    if (m_style.visible && !m_selected.empty()) {
        addExcerpts(
            frame, [this](const std::string& uuid) { return m_selected.contains(uuid); }, m_selectedTiles,
            lines);
    }
}

void OutlineLayer::addExcerpts(const TileFrame& frame,
                               const std::function<bool(const std::string& uuid)>& isWanted,
                               Excerpts& excerpts, osg::Group& lines) {
    if (excerpts.size() > mostTiles) {
        excerpts.clear();
    }
    for (const auto& item : frame.drawn) {
        const auto tile = m_tiles.find(item.data->id);
        if (tile == m_tiles.end() || !tile->second.geometry) {
            continue;
        }
        auto& excerpt = excerpts[item.data->id];
        if (excerpt.whole != tile->second.geometry) {
            std::vector<PieceRun> runs;
            for (const auto& range : tile->second.lines.ranges) {
                if (isWanted(range.uuid)) {
                    runs.push_back({range.first, range.count});
                }
            }
            excerpt.whole = tile->second.geometry;
            excerpt.pieces = piecesOf(*excerpt.whole, runs);
        }
        if (excerpt.pieces) {
            excerpt.pieces->setStateSet(item.morphState);
            lines.addChild(excerpt.pieces);
        }
    }
}

} // namespace nunatak::ui::viewport
