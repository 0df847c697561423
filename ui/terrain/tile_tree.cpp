// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_tree.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

constexpr double morphSeconds = 0.25;
/// A tile that has been refined is left so until it is needed by this much less: no flicker at the limit.
constexpr double hysteresis = 0.8;
/// Whoever needs more than the children can give, or much less than they do, is not shown each step between.
constexpr double farAway = 2.0;

} // namespace

Box boxOf(const TileData& tile, double exaggeration) {
    const auto extent = tile.mesh.heightGrid.extent();
    return {{extent.xmin, extent.ymin, tile.lowest * exaggeration},
            {extent.xmax, extent.ymax, tile.highest * exaggeration}};
}

struct TileTree::Pass {
    const TileView& view;
    const Fineness& fineness;
    double seconds;
    const Find& find;
    const Ready& ready;
    TileChoice choice;
};

void TileTree::reset(const TilePyramid& pyramid) {
    m_pyramid = pyramid;
    m_split.clear();
    m_barren.clear();
}

double TileTree::need(const Pass& pass, const TileData& tile) const {
    const int level = tile.id.level;
    const auto box = boxOf(tile, pass.view.exaggeration);
    const double metres = pass.view.finestMetresPerPixel(box);
    double result = 0;
    if (level + 1 < m_pyramid.pictureLevels()) {
        result = m_pyramid.pixelSize(level) / metres / pass.fineness.pixel;
    }
    if (level < m_pyramid.finestLevel()) {
        const double moved = tile.roughness * pass.view.exaggeration * pass.view.verticalShare / metres;
        result = std::max(result, moved / pass.fineness.error);
    }
    return result;
}

bool TileTree::hasSplitDescendant(const TileId& tile) const {
    for (int quadrant = 0; quadrant < 4; ++quadrant) {
        if (m_split.contains(tile.child(quadrant))) {
            return true;
        }
    }
    return false;
}

void TileTree::merge(const TileId& tile) {
    if (m_split.erase(tile) > 0) {
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            merge(tile.child(quadrant));
        }
    }
}

void TileTree::visit(Pass& pass, const TileId& id, double morph, bool mustMerge) {
    const auto& tile = *pass.find(id);
    pass.choice.used.insert(id);
    if (!pass.view.sees(boxOf(tile, pass.view.exaggeration))) {
        merge(id);
        return;
    }
    const auto state = m_split.find(id);
    const bool isSplit = state != m_split.end();
    const double needed = need(pass, tile);
    bool wantsSplit = !mustMerge && morph == 0 && !m_barren.contains(id) &&
                      needed > (isSplit ? hysteresis : 1.0) &&
                      static_cast<int>(pass.choice.drawn.size()) < pass.fineness.mostTiles;
    // The children are read and kept together: whichever comes into view is there.
    bool complete = true;
    if (wantsSplit || isSplit) {
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            const auto child = id.child(quadrant);
            if (!m_pyramid.exists(child)) {
                continue;
            }
            const bool found = pass.find(child) != nullptr;
            if (!wantsSplit) {
                complete = complete && found;
                continue;
            }
            if (found) {
                pass.choice.used.insert(child);
            } else {
                pass.choice.wanted.push_back({child, needed});
            }
            // What is drawn already goes on being drawn, whatever is made of it anew.
            const bool usable = found && (isSplit || pass.ready(child));
            if (found && !usable) {
                pass.choice.unready.push_back({child, needed});
            }
            complete = complete && usable;
        }
        pass.choice.settled = pass.choice.settled && (complete || !wantsSplit);
    }
    wantsSplit = wantsSplit && complete;
    if (!isSplit && !wantsSplit) {
        pass.choice.drawn.push_back({id, morph});
        return;
    }
    double& risen = m_split[id];
    if (wantsSplit) {
        risen = needed > farAway ? 1 : std::min(1.0, risen + pass.seconds / morphSeconds);
    } else if (!complete || needed * farAway < hysteresis) {
        merge(id);
        pass.choice.drawn.push_back({id, morph});
        return;
    } else if (!hasSplitDescendant(id)) {
        risen -= pass.seconds / morphSeconds;
        if (risen <= 0) {
            merge(id);
            pass.choice.drawn.push_back({id, morph});
            return;
        }
    }
    pass.choice.moving = pass.choice.moving || !wantsSplit || risen < 1;
    pass.choice.settled = pass.choice.settled && !pass.choice.moving;
    const double childMorph = 1 - risen;
    for (int quadrant = 0; quadrant < 4; ++quadrant) {
        const auto child = id.child(quadrant);
        if (!m_pyramid.exists(child)) {
            continue;
        }
        visit(pass, child, childMorph, !wantsSplit || childMorph > 0);
    }
}

TileChoice TileTree::choose(const TileView& view, const Fineness& fineness, double seconds, const Find& find,
                            const Ready& ready) {
    Pass pass{view, fineness, seconds, find, ready, {}};
    const TileId root;
    if (find(root) == nullptr || !ready(root)) {
        pass.choice.settled = false;
        if (find(root) == nullptr) {
            pass.choice.wanted.push_back({root, 1e9});
        } else {
            pass.choice.used.insert(root);
            pass.choice.unready.push_back({root, 1e9});
        }
        return std::move(pass.choice);
    }
    visit(pass, root, 0, false);
    return std::move(pass.choice);
}

} // namespace nunatak::ui::terrain
