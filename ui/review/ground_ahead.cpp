// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/ground_ahead.h"

#include "ui/terrain/tile_source.h"
#include "ui/terrain/tile_tree.h"
#include "ui/viewport/camera_view.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <vector>

namespace nunatak::ui::review {

namespace {

constexpr double margin = 0.2;  ///< around it, of its size
constexpr double steepest = 35; ///< degrees that a camera which looks down on a glacier is tilted at most
constexpr std::size_t mostTiles = 160; ///< more would drive out what is looked at

viewport::MapCamera lookingAt(const viewport::Viewport& view, const geo::Extent& extent) {
    viewport::MapCamera camera = view.camera();
    camera.tilt = std::min(camera.tilt, steepest);
    const geo::Extent seen = extent.grown(margin * std::max(extent.width(), extent.height()));
    const double z = camera.target.z; // the ground's height there shifts what is seen by little
    camera.target = {seen.center().x, seen.center().y, z};
    const std::vector<viewport::Vec3> corners{{seen.xmin, seen.ymin, z},
                                              {seen.xmax, seen.ymin, z},
                                              {seen.xmax, seen.ymax, z},
                                              {seen.xmin, seen.ymax, z}};
    camera.fit(corners, view.size(), 0);
    return camera;
}

} // namespace

std::function<int(const Progress&)> groundAhead(const viewport::Viewport& view, const geo::Extent& extent) {
    const auto ground = view.terrain();
    if (extent.empty() || ground == nullptr || ground->tiles == nullptr) {
        return {};
    }
    const auto sees = viewport::viewOf(
        lookingAt(view, extent), QSizeF(view.size()) * view.devicePixelRatioF(), view.verticalExaggeration());
    return [sees, source = ground->tiles, root = ground->root](const Progress& progress) {
        std::map<terrain::TileId, std::shared_ptr<const terrain::TileData>> tiles;
        const auto find = [&](const terrain::TileId& id) -> const terrain::TileData* {
            const auto found = tiles.find(id);
            return found != tiles.end() ? found->second.get() : nullptr;
        };
        const terrain::TileId first;
        tiles[first] = root ? root : source->read(first, nullptr, nullptr, progress);
        terrain::TileTree tree;
        tree.reset(source->pyramid());
        while (tiles.size() < mostTiles) {
            const auto choice =
                tree.choose(sees, terrain::Fineness(), std::numeric_limits<double>::infinity(), find,
                            [](const terrain::TileId&) { return true; });
            if (choice.wanted.empty()) {
                break;
            }
            for (const auto& wanted : choice.wanted) {
                progress.throwIfStopped();
                tiles[wanted.id] = source->read(wanted.id, find(wanted.id.parent()),
                                                find(source->pyramid().pictureTile(wanted.id)), progress);
            }
        }
        return static_cast<int>(tiles.size());
    };
}

} // namespace nunatak::ui::review
