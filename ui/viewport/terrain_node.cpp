// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/terrain_node.h"

#include "ui/viewport/preview_tint.h"

#include <algorithm>

#include <osg/BlendFunc>
#include <osg/CullFace>
#include <osg/Depth>

namespace nunatak::ui::viewport {

namespace {

constexpr unsigned drapeUnit = 0;
constexpr unsigned previewUnit = 1;
constexpr unsigned fadeUnit = 2;
constexpr unsigned otherUnit = 3;
constexpr int shadowBin = 6; // over the sky
constexpr int largestPreview = 1024;
/// Bounds of what is kept for tiles that are not in view.
constexpr std::size_t mostCacheBytes = std::size_t{192} << 20;
constexpr std::size_t mostGraphicsTiles = 256;
/// A quarter of a pixel more for its mipmaps.
constexpr std::size_t bytesOfTexture = std::size_t{258} * 258 * 4 * 4 / 3;
/// How far a line may be from where it is, in pixels of the tile's picture: not to be seen.
constexpr double linePixels = 0.3;
constexpr double finestTolerance = 0.01; // metres

} // namespace

TerrainNode::TerrainNode(std::shared_ptr<const terrain::Terrain> terrain, const ShaderPrograms& programs,
                         std::uint64_t version)
    : m_terrain(std::move(terrain)),
      m_source(m_terrain->tiles ? m_terrain->tiles : terrain::tilesOfArrays(m_terrain)), m_version(version),
      m_origin(m_source->pyramid().base().extent().center()), m_cache(std::make_shared<terrain::TileCache>()),
      m_root(new osg::Group), m_ground(new osg::Group), m_walls(new osg::Group),
      m_plinthFoot(new osg::Uniform("plinthFoot", 0.0F)) {
    m_otherFrom = new osg::Uniform("otherFrom", 0.0F);
    m_tree.reset(m_source->pyramid());
    setStyle(m_terrain->style, version);
    // The first tile is made at once: something is seen in the first frame.
    auto root = m_terrain->root ? m_terrain->root : m_source->read({}, nullptr, nullptr, Progress());
    auto picture = std::make_shared<const std::vector<std::uint8_t>>(m_painter->paint(*root));
    m_cache->put({}, {.data = root, .picture = picture, .pictureStyle = m_styleVersion});
    m_lowest = std::min<double>(root->lowest, m_source->elevations().low);
    m_highest = std::max<double>(root->highest, m_source->elevations().high);
    m_surface = terrain::DrawnSurface(m_terrain, {});

    const auto extent = m_source->pyramid().base().extent();
    m_plinthHeight = 0.035 * std::max(extent.width(), extent.height());
    m_root->getOrCreateStateSet()->addUniform(m_plinthFoot);
    addShadow(programs);
    auto* walls = m_walls->getOrCreateStateSet();
    walls->setAttributeAndModes(programs.plinth);
    walls->addUniform(new osg::Uniform("plinthTop", static_cast<float>(m_highest)));
    walls->addUniform(new osg::Uniform("plinthUpper", osg::Vec3(0.56F, 0.53F, 0.50F)));
    walls->addUniform(new osg::Uniform("plinthLower", osg::Vec3(0.30F, 0.29F, 0.29F)));
    m_root->addChild(m_walls);
    auto* ground = m_ground->getOrCreateStateSet();
    ground->setAttributeAndModes(programs.terrain);
    ground->setAttributeAndModes(new osg::CullFace(osg::CullFace::BACK));
    ground->addUniform(new osg::Uniform("drape", static_cast<int>(drapeUnit)));
    ground->addUniform(new osg::Uniform("preview", static_cast<int>(previewUnit)));
    ground->addUniform(new osg::Uniform("coarseDrape", static_cast<int>(fadeUnit)));
    ground->addUniform(new osg::Uniform("otherDrape", static_cast<int>(otherUnit)));
    ground->addUniform(m_otherFrom);
    m_root->addChild(m_ground);
    setExaggeration(1);
}

void TerrainNode::setStyle(const terrain::DrapeStyle& style, std::uint64_t version) {
    m_painter = std::make_shared<terrain::DrapeBaker>(m_source->bands(), style, m_source->elevations(),
                                                      m_terrain->trueNorth);
    m_styleVersion = version;
    m_settled = false;
    if (m_shader != nullptr) {
        m_look = m_shader->lookOf(m_painter->rules());
    }
    if (m_other) {
        paintOtherAnew(style, version);
    }
}

void TerrainNode::paintWith(ShaderPainter* painter) {
    if (painter == m_shader) {
        return;
    }
    m_shader = painter;
    m_pictures.clear();
    m_otherPictures.clear();
    m_settled = false;
    if (m_shader != nullptr) {
        m_look = m_shader->lookOf(m_painter->rules());
        if (m_otherPainter) {
            m_otherLook = m_shader->lookOf(m_otherPainter->rules());
        }
        return;
    }
    m_look.reset();
    m_otherLook.reset();
    // Tiles whose picture only OpenGL had are read again, from memory as a rule.
    const auto root = m_cache->find({})->data;
    m_cache->clear();
    m_nodes.clear();
    m_tree.reset(m_source->pyramid());
    auto picture = std::make_shared<const std::vector<std::uint8_t>>(m_painter->paint(*root));
    m_cache->put({}, {.data = root, .picture = picture, .pictureStyle = m_styleVersion});
}

void TerrainNode::releaseGraphics(osg::State& state) {
    for (auto* pictures : {&m_pictures, &m_otherPictures}) {
        for (auto& [id, picture] : *pictures) {
            picture.texture->releaseGLObjects(&state);
        }
    }
    for (auto& [id, drawn] : m_nodes) {
        drawn.node->ground()->releaseGLObjects(&state);
        if (auto* walls = drawn.node->walls()) {
            walls->releaseGLObjects(&state);
        }
    }
    if (m_shader != nullptr) {
        m_pictures.clear();
        m_otherPictures.clear();
    }
    for (const auto* look : {&m_look, &m_otherLook}) {
        if (look->has_value()) {
            (*look)->release(state);
        }
    }
}

void TerrainNode::setOverlay(Overlay overlay, std::uint64_t version) {
    m_overlay = std::move(overlay);
    m_overlayVersion = version;
    m_styleVersion = version;
    m_settled = false;
}

const terrain::TileCache::Entry* TerrainNode::pictureOwner(const terrain::TileId& id) const {
    const auto* entry = std::as_const(*m_cache).find(m_source->pyramid().pictureTile(id));
    const bool isThere =
        entry != nullptr && (m_shader != nullptr ? entry->data->hasPicture() : entry->picture != nullptr);
    return isThere ? entry : nullptr;
}

bool TerrainNode::isUploaded(const terrain::TileId& id) const {
    return m_nodes.contains(id) && m_pictures.contains(m_source->pyramid().pictureTile(id));
}

const TilePicture& TerrainNode::pictureOf(const terrain::TileId& owner) {
    const auto& entry = *m_cache->find(owner);
    auto& picture = m_pictures[owner];
    if (m_shader != nullptr) {
        paintByShader(entry, picture);
        return picture;
    }
    if (picture.pixels != entry.picture) {
        if (!picture.texture) {
            picture = makePicture(*entry.data, entry.picture, m_origin);
        } else {
            auto* image = picture.texture->getImage();
            image->setImage(image->s(), image->t(), 1, GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE,
                            const_cast<unsigned char*>(entry.picture->data()), osg::Image::NO_DELETE);
            image->dirty();
            picture.pixels = entry.picture;
        }
    }
    return picture;
}

void TerrainNode::paintByShader(const terrain::TileCache::Entry& entry, TilePicture& picture) {
    const bool waits = waitsForOverlay(entry);
    if (picture.texture && (picture.style == m_styleVersion || waits)) {
        return;
    }
    if (picture.sources.data != entry.data) {
        picture = placedPicture(*entry.data, m_origin);
        picture.sources.data = entry.data;
    }
    m_shader->paint(*m_state, *m_look, picture.sources, m_overlay ? entry.overlay : nullptr, picture.texture);
    picture.style = waits ? 0 : m_styleVersion;
}

void TerrainNode::makeNode(const terrain::TileId& id, osg::State* state) {
    auto& drawn = m_nodes[id];
    if (!drawn.node) {
        drawn.node = std::make_unique<TileNode>(*m_cache->find(id)->data, m_origin, m_lowest, m_indices);
    }
    drawn.lastFrame = m_frame;
    const auto& picture = pictureOf(m_source->pyramid().pictureTile(id));
    if (state != nullptr) {
        osg::RenderInfo info(state, nullptr);
        drawn.node->ground()->compileGLObjects(info);
        state->setActiveTextureUnit(drapeUnit);
        picture.texture->apply(*state);
    }
}

double TerrainNode::lineTolerance(const terrain::TileData& tile, const terrain::TileView& view) const {
    const auto& pyramid = m_source->pyramid();
    double tolerance = linePixels * pyramid.pixelSize(tile.id.level);
    if (tile.id.level + 1 < pyramid.pictureLevels()) {
        return tolerance; // whoever comes nearer is shown finer tiles
    }
    // One may come as near as one likes to tiles with the scene's own pixels. Few steps, so that lines are
    // laid anew seldom; a piece much shorter than its line is wide would be seen where it meets the next.
    const double seen = linePixels * view.finestMetresPerPixel(terrain::boxOf(tile, view.exaggeration));
    while (tolerance > seen && tolerance > finestTolerance) {
        tolerance /= 4;
    }
    return tolerance;
}

TileFrame::Item TerrainNode::item(const terrain::TileId& id, const terrain::TileView& view) const {
    const auto node = m_nodes.find(id);
    const auto& data = std::as_const(*m_cache).find(id)->data;
    return {data, node != m_nodes.end() ? node->second.node->morphState() : nullptr,
            lineTolerance(*data, view), 0};
}

TileFrame TerrainNode::choose(osg::State& state, const terrain::TileView& view,
                              const terrain::Fineness& fineness, double seconds,
                              const std::function<bool(const terrain::TileId&)>& othersReady,
                              const terrain::WorkQueue& queue, Tasks& tasks) {
    ++m_frame;
    m_state = &state;
    auto choice = m_tree.choose(
        view, fineness, seconds,
        [this](const terrain::TileId& id) {
            const auto* entry = m_cache->find(id);
            return entry != nullptr ? entry->data.get() : nullptr;
        },
        [&](const terrain::TileId& id) { return id.level == 0 || (isUploaded(id) && othersReady(id)); });
    for (auto& drawn : choice.drawn) {
        drawn.morph = m_heldMorph < 0 ? drawn.morph : m_heldMorph;
    }
    show(choice);
    addTasks(choice, queue, tasks);
    addOtherTasks(choice, queue, tasks);

    TileFrame frame;
    frame.origin = m_origin;
    for (const auto& drawn : choice.drawn) {
        frame.drawn.push_back(item(drawn.id, view));
    }
    m_waiting.clear();
    auto unready = choice.unready;
    std::stable_sort(unready.begin(), unready.end(),
                     [](const auto& a, const auto& b) { return a.urgency > b.urgency; });
    for (const auto& tile : unready) {
        frame.coming.push_back(item(tile.id, view));
        frame.coming.back().urgency = tile.urgency;
        if (!isUploaded(tile.id) && pictureOwner(tile.id) != nullptr) {
            m_waiting.push_back(tile.id);
        }
    }
    m_moving = choice.moving || !m_waiting.empty();
    m_settled = choice.settled && tasks.empty();
    dropUnused(choice);
    frame.used = std::move(choice.used);
    return frame;
}

void TerrainNode::show(const terrain::TileChoice& choice) {
    m_ground->removeChildren(0, m_ground->getNumChildren());
    m_walls->removeChildren(0, m_walls->getNumChildren());
    std::vector<terrain::DrawnSurface::Part> parts;
    for (const auto& drawn : choice.drawn) {
        if (pictureOwner(drawn.id) == nullptr) {
            continue; // cannot be: a tile that is drawn has its picture
        }
        makeNode(drawn.id, nullptr);
        auto& node = *m_nodes.at(drawn.id).node;
        const auto owner = m_source->pyramid().pictureTile(drawn.id);
        const TilePicture* before = nullptr;
        if (drawn.morph > 0 && owner == drawn.id && pictureOwner(drawn.id.parent()) != nullptr) {
            before = &pictureOf(drawn.id.parent());
        }
        node.setPicture(pictureOf(owner), before);
        showOther(node, owner);
        node.setMorph(drawn.morph);
        m_ground->addChild(node.ground());
        if (node.walls() != nullptr) {
            m_walls->addChild(node.walls());
        }
        parts.push_back({m_cache->find(drawn.id)->data, drawn.morph});
    }
    m_surface = terrain::DrawnSurface(m_terrain, std::move(parts));
}

void TerrainNode::addTasks(const terrain::TileChoice& choice, const terrain::WorkQueue& queue, Tasks& tasks) {
    using terrain::WorkKey;
    const std::weak_ptr<terrain::TileCache> cache = m_cache;
    for (const auto& wanted : choice.wanted) {
        const auto id = wanted.id;
        const WorkKey key{WorkKey::Kind::Read, id, 0, m_version};
        if (queue.hasFailed(key)) {
            m_tree.giveUpBelow(id.parent());
            m_moving = true;
            continue;
        }
        const auto* parent = m_cache->find(id.parent());
        const auto* owner = m_cache->find(m_source->pyramid().pictureTile(id));
        tasks.push_back({key, wanted.urgency,
                         [id, source = m_source, painter = m_shader == nullptr ? m_painter : nullptr,
                          style = m_styleVersion, overlay = m_overlay, number = m_overlayVersion, cache,
                          parent = parent != nullptr ? parent->data : nullptr,
                          owner = owner != nullptr ? owner->data : nullptr](const Progress& progress) {
                             terrain::TileCache::Entry entry;
                             entry.data = source->read(id, parent.get(), owner.get(), progress);
                             if (entry.data->hasPicture()) {
                                 if (overlay) {
                                     entry.overlay = std::make_shared<Image<float>>(
                                         overlay(entry.data->pictureGrid, progress));
                                 }
                                 entry.picture = painter == nullptr
                                                     ? nullptr
                                                     : std::make_shared<const std::vector<std::uint8_t>>(
                                                           painter->paint(*entry.data, entry.overlay.get()));
                             }
                             entry.pictureStyle = style;
                             entry.overlayNumber = number;
                             return [cache, id, entry] {
                                 if (const auto there = cache.lock()) {
                                     there->put(id, entry);
                                 }
                             };
                         }});
    }
    std::set<terrain::TileId> seen;
    for (const auto& drawn : choice.drawn) {
        seen.insert(m_source->pyramid().pictureTile(drawn.id));
    }
    for (const auto& id : choice.used) {
        const auto* entry = m_cache->find(id);
        if (entry == nullptr || !entry->data->hasPicture() || entry->pictureStyle == m_styleVersion ||
            (m_shader != nullptr && !waitsForOverlay(*entry))) {
            continue;
        }
        const WorkKey key{WorkKey::Kind::Paint, id, 0, m_styleVersion};
        if (queue.hasFailed(key)) {
            continue;
        }
        const bool reads = waitsForOverlay(*entry);
        tasks.push_back({key, seen.contains(id) ? 1e6 : 1e-3,
                         [id, painter = m_shader == nullptr ? m_painter : nullptr, style = m_styleVersion,
                          number = m_overlayVersion, cache, data = entry->data,
                          known = m_overlay ? entry->overlay : nullptr,
                          overlay = reads ? m_overlay : nullptr](const Progress& progress) {
                             auto values = known;
                             if (overlay) {
                                 values =
                                     std::make_shared<Image<float>>(overlay(data->pictureGrid, progress));
                             }
                             auto picture = painter == nullptr
                                                ? nullptr
                                                : std::make_shared<const std::vector<std::uint8_t>>(
                                                      painter->paint(*data, values.get()));
                             return [cache, id, picture, values, style, number] {
                                 const auto there = cache.lock();
                                 auto* held = there ? there->find(id) : nullptr;
                                 if (held != nullptr) {
                                     held->picture = picture;
                                     held->pictureStyle = style;
                                     held->overlay = values;
                                     held->overlayNumber = number;
                                     there->measure(id);
                                 }
                             };
                         }});
    }
}

void TerrainNode::upload(osg::State& state, Clock::time_point deadline) {
    for (const auto& id : m_waiting) {
        makeNode(id, &state);
        if (Clock::now() >= deadline) {
            break;
        }
    }
}

void TerrainNode::dropUnused(const terrain::TileChoice& choice) {
    for (const auto& id : m_cache->trim(choice.used, mostCacheBytes)) {
        m_nodes.erase(id);
        m_pictures.erase(id);
        m_otherPictures.erase(id);
    }
    if (m_nodes.size() <= mostGraphicsTiles) {
        return;
    }
    std::vector<std::pair<std::uint64_t, terrain::TileId>> unused;
    for (const auto& [id, drawn] : m_nodes) {
        if (!choice.used.contains(id)) {
            unused.emplace_back(drawn.lastFrame, id);
        }
    }
    std::sort(unused.begin(), unused.end());
    for (std::size_t i = 0; i < unused.size() && m_nodes.size() > mostGraphicsTiles; ++i) {
        m_nodes.erase(unused[i].second);
        m_pictures.erase(unused[i].second);
        m_otherPictures.erase(unused[i].second);
    }
}

std::size_t TerrainNode::graphicsBytes() const {
    constexpr std::size_t vertex = 4 * sizeof(float);
    constexpr std::size_t vertices = std::size_t{33} * 33 + std::size_t{4} * 33;
    std::size_t sources = 0;
    for (const auto* pictures : {&m_pictures, &m_otherPictures}) {
        for (const auto& [id, picture] : *pictures) {
            sources += picture.sources.bytes();
        }
    }
    return (m_pictures.size() + m_otherPictures.size()) * bytesOfTexture +
           m_nodes.size() * vertices * vertex + sources;
}

void TerrainNode::addShadow(const ShaderPrograms& programs) {
    const auto* root = m_cache->find({});
    const auto extent = m_source->pyramid().base().extent();
    // Where much of the block is missing it is no rectangle, and its shadow would be.
    const auto data = terrain::dataPixels(*root->data);
    const auto& grid = root->data->pictureGrid;
    const auto count = static_cast<double>(std::count(data.begin(), data.end(), 1));
    if (count * grid.pixelSize * grid.pixelSize < 0.97 * extent.width() * extent.height()) {
        return;
    }
    const auto half =
        osg::Vec2(static_cast<float>(extent.width() / 2), static_cast<float>(extent.height() / 2));
    const float softness = 0.09F * std::max(half.x(), half.y()) * 2;
    auto quad = groundQuad(half + osg::Vec2(softness, softness));
    auto* state = quad->getOrCreateStateSet();
    state->setAttributeAndModes(programs.shadow);
    state->addUniform(new osg::Uniform("blockHalf", half));
    state->addUniform(new osg::Uniform("softness", softness));
    state->addUniform(new osg::Uniform("darkness", 0.42F));
    state->setAttributeAndModes(new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA,
                                                   osg::BlendFunc::ONE_MINUS_SRC_ALPHA, osg::BlendFunc::ONE,
                                                   osg::BlendFunc::ONE));
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LESS, 0, 1, false));
    state->setRenderBinDetails(shadowBin, "RenderBin");
    quad->setCullingActive(false);
    m_root->addChild(quad);
}

void TerrainNode::setExaggeration(double factor) {
    m_exaggeration = factor;
    m_plinthFoot->set(static_cast<float>(m_lowest - m_plinthHeight / factor));
}

osg::BoundingBoxd TerrainNode::bounds() const {
    const auto extent = m_source->pyramid().base().extent();
    const double spread = 0.2 * std::max(extent.width(), extent.height()); // the shadow
    return {extent.xmin - m_origin.x - spread,          extent.ymin - m_origin.y - spread,
            m_lowest - m_plinthHeight / m_exaggeration, extent.xmax - m_origin.x + spread,
            extent.ymax - m_origin.y + spread,          m_highest};
}

void TerrainNode::makePreview() {
    const auto& grid = m_source->pyramid().base();
    const auto extent = grid.extent();
    const double scale =
        std::min(1.0, static_cast<double>(largestPreview) / std::max(grid.columns, grid.rows));
    m_preview = new osg::Image;
    m_preview->allocateImage(std::max(1, static_cast<int>(grid.columns * scale)),
                             std::max(1, static_cast<int>(grid.rows * scale)), 1, GL_RGBA, GL_UNSIGNED_BYTE);
    m_preview->setInternalTextureFormat(GL_RGBA8);
    std::fill_n(m_preview->data(), m_preview->getTotalSizeInBytes(), static_cast<unsigned char>(0));
    osg::ref_ptr<osg::Texture2D> texture(new osg::Texture2D(m_preview));
    texture->setResizeNonPowerOfTwoHint(false);
    texture->setUnRefImageDataAfterApply(false);
    texture->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
    texture->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
    texture->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR);
    texture->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
    auto* state = m_ground->getOrCreateStateSet();
    state->setTextureAttributeAndModes(previewUnit, texture);
    state->getOrCreateUniform("previewOrigin", osg::Uniform::FLOAT_VEC2)
        ->set(osg::Vec2(static_cast<float>(extent.xmin - m_origin.x),
                        static_cast<float>(extent.ymax - m_origin.y)));
    state->getOrCreateUniform("previewScale", osg::Uniform::FLOAT_VEC2)
        ->set(osg::Vec2(static_cast<float>(1 / extent.width()), static_cast<float>(-1 / extent.height())));
    state->setDefine("NUNATAK_PREVIEW");
}

void TerrainNode::addPreviewTile(const geo::Extent& extent, const Image<float>& probability) {
    if (probability.empty() || extent.empty()) {
        return;
    }
    if (!m_preview) {
        makePreview();
    }
    paintPreviewTile(m_preview->data(), m_preview->s(), m_preview->t(), m_source->pyramid().base().extent(),
                     extent, probability);
    m_preview->dirty();
}

void TerrainNode::clearPreview() {
    auto* state = m_ground->getOrCreateStateSet();
    state->removeTextureAttribute(previewUnit, osg::StateAttribute::TEXTURE);
    state->removeTextureMode(previewUnit, GL_TEXTURE_2D);
    state->removeDefine("NUNATAK_PREVIEW");
    m_preview = nullptr;
}

void TerrainNode::showCoordinates(const geo::Extent& extent) {
    auto* state = m_ground->getOrCreateStateSet();
    state->setDefine("NUNATAK_COORDINATES");
    state->getOrCreateUniform("coordinateFrame", osg::Uniform::FLOAT_VEC4)
        ->set(osg::Vec4(static_cast<float>(extent.xmin - m_origin.x),
                        static_cast<float>(extent.ymin - m_origin.y), static_cast<float>(1 / extent.width()),
                        static_cast<float>(1 / extent.height())));
}

} // namespace nunatak::ui::viewport
