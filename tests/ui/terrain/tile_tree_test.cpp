// SPDX-License-Identifier: GPL-3.0-or-later
// Which tiles are drawn, and which stay in memory: without a window.
#include "ui/terrain/tile_cache.h"
#include "ui/terrain/tile_tree.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::ui;
using namespace nunatak::ui::terrain;

namespace {

constexpr double pixel = 10;
const double forever = std::numeric_limits<double>::infinity();

geo::Grid base(int columns = 4096, int rows = 4096) {
    return {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, pixel, columns, rows};
}

/// Tiles that are there, level ground with a given roughness each.
class Tiles {
public:
    explicit Tiles(const TilePyramid& pyramid) : m_pyramid(pyramid) {}

    void add(const TileId& id, double roughness = 0) {
        auto data = std::make_shared<TileData>();
        data->id = id;
        data->edges = m_pyramid.edges(id);
        data->mesh.heightGrid = m_pyramid.meshGrid(id);
        data->mesh.heights =
            Image<float>(1, data->mesh.heightGrid.rows + 1, data->mesh.heightGrid.columns + 1, 100.0F);
        data->coarse = data->mesh;
        data->ground = data->mesh.heightGrid.extent();
        data->error = 3 * roughness;
        data->roughness = roughness;
        data->lowest = data->highest = 100;
        m_tiles[id] = data;
    }
    void forget(const TileId& id) { m_tiles.erase(id); }
    /// All tiles down to a level.
    void addDownTo(int level) {
        for (int l = 0; l <= level; ++l) {
            for (int row = 0; row < 1 << l; ++row) {
                for (int column = 0; column < 1 << l; ++column) {
                    if (m_pyramid.exists({l, column, row})) {
                        add({l, column, row});
                    }
                }
            }
        }
    }
    TileTree::Find find() const {
        return [this](const TileId& id) {
            const auto found = m_tiles.find(id);
            return found != m_tiles.end() ? found->second.get() : nullptr;
        };
    }

private:
    TilePyramid m_pyramid;
    std::map<TileId, std::shared_ptr<const TileData>> m_tiles;
};

/// From straight above, parallel, so many metres a pixel, in the middle of the scene.
TileView above(double metresPerPixel, double halfWidth, geo::Point middle = {620480, 5179520}) {
    TileView view;
    view.eye = {middle.x, middle.y, 10000};
    view.forward = {0, 0, -1};
    view.right = {1, 0, 0};
    view.up = {0, 1, 0};
    view.halfWidth = view.halfHeight = halfWidth;
    view.metresPerPixel = metresPerPixel;
    return view;
}

const TileTree::Ready always = [](const TileId&) { return true; };

double areaOf(const TilePyramid& pyramid, const TileChoice& choice) {
    double area = 0;
    for (const auto& drawn : choice.drawn) {
        area += pyramid.size(drawn.id.level) * pyramid.size(drawn.id.level);
    }
    return area;
}

} // namespace

class TileTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aViewOfAllIsDrawnCoarselyAndANearOneFinely() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.addDownTo(4);
        TileTree tree;
        tree.reset(pyramid);
        // 40,960 m in 256 pixels: the root's own picture has pixels of 160 m.
        auto choice = tree.choose(above(160, 20480), {}, forever, tiles.find(), always);
        QCOMPARE(choice.drawn.size(), std::size_t(1));
        QCOMPARE(choice.drawn.front().id, (TileId{0, 0, 0}));
        QVERIFY(choice.settled);
        // 10 m a pixel over 1 km: the finest pictures, and only those in view.
        choice = tree.choose(above(10, 500), {}, forever, tiles.find(), always);
        for (const auto& drawn : choice.drawn) {
            if (std::abs(pyramid.extent(drawn.id).center().x - 620480) < 500) {
                QCOMPARE(drawn.id.level, 4);
            }
        }
        QVERIFY(choice.drawn.size() < 12);
    }

    void aLoupeGetsFinerTilesWhereItIsAndNowhereElse() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.addDownTo(4);
        TileTree tree;
        tree.reset(pyramid);
        auto view = above(55, 30000);
        const auto finest = [](const TileChoice& choice) {
            int level = 0;
            for (const auto& drawn : choice.drawn) {
                level = std::max(level, drawn.id.level);
            }
            return level;
        };
        const auto without = tree.choose(view, {}, forever, tiles.find(), always);
        QCOMPARE(finest(without), 2);
        const geo::Point place{628000, 5185000};
        view.magnified = view;
        view.magnified->eye = {place.x, place.y, 10000};
        view.magnified->halfWidth = view.magnified->halfHeight = 1000;
        view.magnification = 4;
        const auto with = tree.choose(view, {}, forever, tiles.find(), always);
        QCOMPARE(finest(with), 4);
        for (const auto& drawn : with.drawn) {
            const auto extent = pyramid.extent(drawn.id);
            QCOMPARE(drawn.id.level == 4 || !extent.contains(place), true);
            // A tile's children come together, and no others do.
            QVERIFY(drawn.id.level < 3 || extent.grown(2 * extent.width()).contains(place));
        }
        view.magnified.reset();
        for (int frame = 0; frame < 4; ++frame) { // level by level
            tree.choose(view, {}, forever, tiles.find(), always);
        }
        QCOMPARE(finest(tree.choose(view, {}, forever, tiles.find(), always)), 2);
    }

    void whatIsNotThereYetIsWantedAndItsParentIsDrawn() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.add({0, 0, 0});
        TileTree tree;
        tree.reset(pyramid);
        auto choice = tree.choose(above(80, 20480), {}, forever, tiles.find(), always);
        QCOMPARE(choice.drawn.size(), std::size_t(1));
        QVERIFY(!choice.settled);
        QCOMPARE(choice.wanted.size(), std::size_t(4));
        // Three of four children cannot replace their parent: one place would be drawn twice or not at all.
        for (int child = 0; child < 3; ++child) {
            tiles.add(TileId{0, 0, 0}.child(child));
        }
        choice = tree.choose(above(80, 20480), {}, forever, tiles.find(), always);
        QCOMPARE(choice.drawn.size(), std::size_t(1));
        QCOMPARE(choice.wanted.size(), std::size_t(1));
        tiles.add(TileId{0, 0, 0}.child(3));
        choice = tree.choose(above(80, 20480), {}, forever, tiles.find(), always);
        QCOMPARE(choice.drawn.size(), std::size_t(4));
        // One that is lost is no hole: its parent is drawn again.
        tiles.forget(TileId{0, 0, 0}.child(2));
        choice = tree.choose(above(80, 20480), {}, forever, tiles.find(), always);
        QCOMPARE(choice.drawn.size(), std::size_t(1));
    }

    void theDrawnTilesCoverTheSceneOnceWhateverTheLevel() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.addDownTo(4);
        TileTree tree;
        tree.reset(pyramid);
        for (const double metres : {160.0, 100.0, 55.0, 40.0, 20.0}) {
            const auto choice = tree.choose(above(metres, 30000), {}, forever, tiles.find(), always);
            QVERIFY(std::abs(areaOf(pyramid, choice) - std::pow(pyramid.size(0), 2)) < 1);
            for (const auto& a : choice.drawn) {
                // No pixel is shown larger than a pixel of the screen.
                QVERIFY(pyramid.pixelSize(a.id.level) <= metres || a.id.level + 1 >= pyramid.pictureLevels());
                for (const auto& b : choice.drawn) {
                    QVERIFY(a.id == b.id || a.id.level <= b.id.level || a.id.ancestor(b.id.level) != b.id);
                }
            }
        }
    }

    void newTilesRiseFromTheirParentsSurface() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.addDownTo(1);
        TileTree tree;
        tree.reset(pyramid);
        tree.choose(above(160, 20480), {}, forever, tiles.find(), always);
        const auto first = tree.choose(above(80, 20480), {}, 0.01, tiles.find(), always);
        QVERIFY(first.moving);
        double before = 1.1;
        bool between = false;
        bool arrived = false;
        for (int frame = 0; frame < 300 && !arrived; ++frame) {
            const auto choice = tree.choose(above(80, 20480), {}, 0.01, tiles.find(), always);
            if (choice.drawn.size() == 4) {
                QVERIFY(choice.drawn.front().morph <= before);
                before = choice.drawn.front().morph;
                between = between || (before > 0.2 && before < 0.8);
                arrived = before == 0;
            }
        }
        QVERIFY(between && arrived);
    }

    void noMoreTilesAreDrawnThanAllowed() {
        const TilePyramid pyramid(base(), pixel);
        Tiles tiles(pyramid);
        tiles.addDownTo(4);
        TileTree tree;
        tree.reset(pyramid);
        Fineness fineness;
        fineness.mostTiles = 40;
        TileChoice choice;
        for (int i = 0; i < 8; ++i) {
            choice = tree.choose(above(5, 30000), fineness, forever, tiles.find(), always);
        }
        QVERIFY2(choice.drawn.size() <= 48, qPrintable(QString::number(choice.drawn.size())));
        QVERIFY(choice.drawn.size() > 4);
    }

    void theCacheKeepsWhatIsUsedAndDropsWhatWasUnusedLongest() {
        const TilePyramid pyramid(base(), pixel);
        TileCache cache;
        const auto entry = [&](const TileId& id) {
            auto data = std::make_shared<TileData>();
            data->id = id;
            TileCache::Entry result;
            result.data = data;
            result.picture = std::make_shared<const std::vector<std::uint8_t>>(1 << 20);
            return result;
        };
        for (int i = 0; i < 8; ++i) {
            cache.put({3, i, 0}, entry({3, i, 0}));
            cache.trim({{3, i, 0}}, 100 << 20);
        }
        QVERIFY(cache.bytes() > std::size_t{8} << 20);
        // Room for about four: the first ones go, but for the one that is in use.
        const auto dropped = cache.trim({{3, 0, 0}}, std::size_t(9) << 19);
        QVERIFY(cache.find({3, 0, 0}) != nullptr);
        QVERIFY(cache.find({3, 7, 0}) != nullptr);
        QVERIFY(cache.find({3, 1, 0}) == nullptr);
        QVERIFY(dropped.size() >= 2);
        QCOMPARE(dropped[0], (TileId{3, 1, 0})); // the one that was used longest ago
        QCOMPARE(dropped[1], (TileId{3, 2, 0}));
        QVERIFY(cache.bytes() <= std::size_t(9) << 19);
        // What is in use stays, whatever it takes.
        std::set<TileId> all;
        for (int i = 0; i < 8; ++i) {
            cache.put({3, i, 0}, entry({3, i, 0}));
            all.insert({3, i, 0});
        }
        QVERIFY(cache.trim(all, 1 << 20).empty());
        QCOMPARE(cache.size(), std::size_t(8));
    }
};

QTEST_GUILESS_MAIN(TileTreeTest)
#include "tile_tree_test.moc"
