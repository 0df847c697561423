// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TerrainNode that lays another scene's picture over the same ground.
#include "ui/viewport/terrain_node.h"

#include "ui/terrain/tile_source.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::viewport {

void TerrainNode::setOther(std::shared_ptr<const terrain::Terrain> other, std::uint64_t version) {
    m_other = std::move(other);
    m_otherScene = version;
    m_otherPictures.clear();
    m_otherPainter = nullptr;
    if (m_other) {
        paintOtherAnew(m_painter->style(), version);
    }
    m_settled = false;
}

void TerrainNode::paintOtherAnew(const terrain::DrapeStyle& style, std::uint64_t version) {
    const auto& bands = m_other->tiles->bands();
    const auto has = [&](const std::string& name) {
        return name.empty() ||
               std::any_of(bands.begin(), bands.end(), [&](const auto& band) { return band.name == name; });
    };
    // Another sensor may lack a band of this composite; then it is shown as it is best shown.
    const auto& wanted = style.composite.bands;
    const bool canBe = std::all_of(wanted.begin(), wanted.end(), has);
    // Stretched by its own numbers: two dates differ in light.
    m_otherPainter = std::make_shared<terrain::DrapeBaker>(bands, canBe ? style : m_other->style,
                                                           m_source->elevations(), m_terrain->trueNorth);
    m_otherStyle = version;
    if (m_shader != nullptr) {
        m_otherLook = m_shader->lookOf(m_otherPainter->rules());
    }
}

void TerrainNode::paintOtherByShader(const terrain::TileCache::Entry& entry, TilePicture& picture) {
    if (picture.texture && picture.style == m_otherStyle && picture.sources.otherBands == entry.otherBands) {
        return;
    }
    if (picture.sources.otherBands != entry.otherBands) {
        picture = placedPicture(*entry.data, m_origin);
        picture.sources.data = entry.data;
        picture.sources.otherBands = entry.otherBands;
    }
    m_shader->paint(*m_state, *m_otherLook, picture.sources, nullptr, picture.texture);
    picture.style = m_otherStyle;
}

void TerrainNode::showOther(TileNode& node, const terrain::TileId& owner) {
    const auto* entry = m_cache->find(owner);
    const bool isThere =
        entry != nullptr && entry->otherScene == m_otherScene &&
        (m_shader != nullptr ? entry->otherBands != nullptr : entry->otherPicture != nullptr);
    if (!m_other || !isThere) {
        node.setOther(nullptr);
        return;
    }
    auto& picture = m_otherPictures[owner];
    if (m_shader != nullptr) {
        paintOtherByShader(*entry, picture);
    } else if (picture.pixels != entry->otherPicture) {
        picture = makePicture(*entry->data, entry->otherPicture, m_origin);
    }
    node.setOther(picture.texture.get());
}

void TerrainNode::addOtherTasks(const terrain::TileChoice& choice, const terrain::WorkQueue& queue,
                                Tasks& tasks) const {
    if (!m_other) {
        return;
    }
    using terrain::WorkKey;
    std::set<terrain::TileId> seen;
    for (const auto& drawn : choice.drawn) {
        seen.insert(m_source->pyramid().pictureTile(drawn.id));
    }
    const std::weak_ptr<terrain::TileCache> cache = m_cache;
    for (const auto& id : seen) {
        const auto* entry = std::as_const(*m_cache).find(id);
        if (entry == nullptr || !entry->data->hasPicture()) {
            continue;
        }
        const bool isOfScene = entry->otherScene == m_otherScene;
        if (isOfScene && (m_shader != nullptr ? entry->otherBands != nullptr
                                              : entry->otherPicture && entry->otherStyle == m_otherStyle)) {
            continue;
        }
        const WorkKey key{WorkKey::Kind::PaintOther, id, 0, m_otherStyle};
        if (queue.hasFailed(key)) {
            continue;
        }
        const bool isRead = entry->otherBands && isOfScene;
        tasks.push_back(
            {key, 1e6,
             [id, cache, painter = m_shader == nullptr ? m_otherPainter : nullptr, source = m_other->tiles,
              scene = m_otherScene, style = m_otherStyle, data = entry->data,
              known = isRead ? entry->otherBands : nullptr](const Progress& progress) {
                 auto bands = known;
                 if (!bands) {
                     bands = std::make_shared<const Image<std::uint16_t>>(
                         source->readBands(data->pictureGrid, progress));
                 }
                 auto picture = painter == nullptr ? nullptr
                                                   : std::make_shared<const std::vector<std::uint8_t>>(
                                                         painter->paintOther(*data, *bands));
                 return [cache, id, bands, picture, scene, style] {
                     const auto there = cache.lock();
                     auto* held = there ? there->find(id) : nullptr;
                     if (held != nullptr) {
                         held->otherBands = bands;
                         held->otherScene = scene;
                         held->otherPicture = picture;
                         held->otherStyle = style;
                         there->measure(id);
                     }
                 };
             }});
    }
}

} // namespace nunatak::ui::viewport
