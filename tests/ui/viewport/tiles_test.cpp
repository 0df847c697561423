// SPDX-License-Identifier: GPL-3.0-or-later
// The quadtree without a window: which tiles are drawn, what stays in memory, who works on what, lines on
// tiles.
#include "synthetic_terrain.h"

#include "base/error.h"
#include "terrain/drape_baker.h"
#include "terrain/tile_cache.h"
#include "terrain/tile_lines.h"
#include "terrain/tile_source.h"
#include "terrain/tile_tree.h"
#include "terrain/work_queue.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <memory>

using namespace nunatak;
using namespace nunatak::ui::terrain;

namespace {

/// The synthetic scene's tiles, read when they are asked for.
class Tiles {
public:
    Tiles() : m_source(tilesOfArrays(tests::syntheticTerrain({.cells = 192}))) {}

    const TilePyramid& pyramid() const { return m_source->pyramid(); }
    const TileData* find(const TileId& id) const {
        const auto found = m_tiles.find(id);
        return found != m_tiles.end() ? found->second.get() : nullptr;
    }
    const TileData& read(const TileId& id) {
        auto& tile = m_tiles[id];
        if (!tile) {
            const auto* parent = id.level > 0 ? &read(id.parent()) : nullptr;
            const auto owner = pyramid().pictureTile(id);
            const auto* picture = owner == id ? nullptr : &read(owner);
            m_tiles[id] = m_source->read(id, parent, picture, Progress());
        }
        return *m_tiles[id];
    }
    void forget(const TileId& id) { m_tiles.erase(id); }
    TileChoice choose(TileTree& tree, const TileView& view, double seconds) const {
        return tree.choose(
            view, {}, seconds, [this](const TileId& id) { return find(id); },
            [](const TileId&) { return true; });
    }
    /// As if workers had brought everything at once.
    TileChoice settled(TileTree& tree, const TileView& view) {
        for (int round = 0; round < 20; ++round) {
            auto choice = choose(tree, view, 1e9);
            for (const auto& wanted : choice.wanted) {
                read(wanted.id);
            }
            if (choice.settled) {
                return choice;
            }
        }
        return {};
    }

private:
    std::shared_ptr<const TileSource> m_source;
    std::map<TileId, std::shared_ptr<const TileData>> m_tiles;
};

/// Straight down onto the middle of the scene, so many metres wide and high.
TileView fromAbove(const TilePyramid& pyramid, double metres, double metresPerPixel) {
    const auto middle = pyramid.base().extent().center();
    return {.eye = {middle.x, middle.y, 10'000},
            .forward = {0, 0, -1},
            .right = {1, 0, 0},
            .up = {0, 1, 0},
            .halfWidth = metres / 2,
            .halfHeight = metres / 2,
            .metresPerPixel = metresPerPixel};
}

double areaOf(const Tiles& tiles, const TileChoice& choice) {
    double area = 0;
    for (const auto& drawn : choice.drawn) {
        const auto& ground = tiles.find(drawn.id)->ground;
        area += ground.width() * ground.height();
    }
    return area;
}

int finest(const TileChoice& choice) {
    int level = 0;
    for (const auto& drawn : choice.drawn) {
        level = std::max(level, drawn.id.level);
    }
    return level;
}

WorkQueue::Task task(int number, double urgency, std::function<WorkQueue::Delivery(const Progress&)> work) {
    return {{WorkKey::Kind::Read, {1, number, 0}, 0, 1}, urgency, std::move(work)};
}

} // namespace

class TilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pixelsAreShownNoLargerThanAPixelAndEachPlaceIsDrawnOnce() {
        Tiles tiles;
        const auto extent = tiles.pyramid().base().extent();
        TileTree tree;
        tree.reset(tiles.pyramid());
        int before = -1;
        for (const double metresPerPixel : {200.0, 90.0, 40.0}) {
            const auto choice =
                tiles.settled(tree, fromAbove(tiles.pyramid(), 2 * extent.width(), metresPerPixel));
            QVERIFY(!choice.drawn.empty());
            QVERIFY(std::abs(areaOf(tiles, choice) / (extent.width() * extent.height()) - 1) < 1e-9);
            QVERIFY(finest(choice) > before);
            before = finest(choice);
            for (const auto& drawn : choice.drawn) {
                QVERIFY(tiles.pyramid().pixelSize(drawn.id.level) <= metresPerPixel ||
                        drawn.id.level + 1 >= tiles.pyramid().pictureLevels());
            }
        }
    }

    void onlyWhatIsInViewIsDrawnFine() {
        Tiles tiles;
        TileTree tree;
        tree.reset(tiles.pyramid());
        const auto choice = tiles.settled(tree, fromAbove(tiles.pyramid(), 300, 1));
        QVERIFY(finest(choice) >= tiles.pyramid().pictureLevels() - 1);
        QVERIFY(choice.drawn.size() <= 4);
    }

    void aCoarseTileIsDrawnUntilAllItsChildrenAreThere() {
        Tiles tiles;
        const auto extent = tiles.pyramid().base().extent();
        TileTree tree;
        tree.reset(tiles.pyramid());
        tiles.read({});
        const auto view = fromAbove(tiles.pyramid(), 2 * extent.width(), 60);
        auto choice = tiles.choose(tree, view, 1e9);
        QCOMPARE(choice.drawn.size(), std::size_t{1});
        QCOMPARE(choice.wanted.size(), std::size_t{4});
        QVERIFY(!choice.settled);
        for (int quadrant = 0; quadrant < 3; ++quadrant) {
            tiles.read(TileId{}.child(quadrant));
            QCOMPARE(tiles.choose(tree, view, 1e9).drawn.size(), std::size_t{1});
        }
        tiles.read(TileId{}.child(3));
        QCOMPARE(tiles.choose(tree, view, 1e9).drawn.size(), std::size_t{4});
        // One that is lost is no hole: its parent is drawn again.
        tiles.forget(TileId{}.child(2));
        choice = tiles.choose(tree, view, 1e9);
        QVERIFY(std::abs(areaOf(tiles, choice) / (extent.width() * extent.height()) - 1) < 1e-9);
    }

    void childrenRiseFromTheirParentBitByBit() {
        Tiles tiles;
        const auto extent = tiles.pyramid().base().extent();
        TileTree tree;
        tree.reset(tiles.pyramid());
        tiles.read({});
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            tiles.read(TileId{}.child(quadrant));
        }
        // The root's pixels are shown a little too large: no jump over several levels.
        const auto view = fromAbove(tiles.pyramid(), 2 * extent.width(), tiles.pyramid().pixelSize(0) / 1.3);
        double before = 1;
        bool between = false;
        for (int frame = 0; frame < 20; ++frame) {
            const auto choice = tiles.choose(tree, view, 0.04);
            QCOMPARE(choice.drawn.size(), std::size_t{4});
            const double morph = choice.drawn.front().morph;
            QVERIFY(morph <= before);
            between = between || (morph > 0.2 && morph < 0.8);
            before = morph;
        }
        QVERIFY(between);
        QCOMPARE(before, 0.0);
    }

    void memoryIsGivenUpByWhatIsLongestUnused() {
        Tiles tiles;
        TileCache cache;
        const TileId root;
        const auto add = [&](const TileId& id) {
            tiles.read(id);
            // The cache shares nothing with the others here: a copy.
            cache.put(id, {.data = std::make_shared<const TileData>(*tiles.find(id))});
        };
        add(root);
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            add(root.child(quadrant));
        }
        const auto all = cache.bytes();
        QVERIFY(cache.trim({root.child(0), root.child(1), root.child(2), root.child(3)}, all).empty());
        QVERIFY(cache.trim({root, root.child(0)}, all).empty());
        QVERIFY(cache.trim({root, root.child(2)}, all).empty());
        // 1 and 3 were used longest ago, then 0; those in use stay though they are more than may be held.
        const auto dropped = cache.trim({root, root.child(2)}, all / 2);
        QVERIFY(dropped.size() >= 2);
        const auto firstTwo = std::set<TileId>(dropped.begin(), dropped.begin() + 2);
        QCOMPARE(firstTwo, (std::set<TileId>{root.child(1), root.child(3)}));
        cache.trim({root, root.child(2)}, 1);
        QCOMPARE(cache.size(), std::size_t{2});
        QVERIFY(cache.find(root) != nullptr && cache.find(root.child(2)) != nullptr);
        QVERIFY(cache.bytes() > 0 && cache.bytes() < all);
    }

    void workersDoTheMostUrgentFirstAndStopWhatNobodyWants() {
        std::vector<std::string> failures;
        std::vector<int> order;
        std::atomic<bool> begun = false;
        std::atomic<bool> stopped = false;
        WorkQueue queue(1, {});
        // Holds the only worker until it is no longer wanted.
        queue.want({task(0, 9, [&](const Progress& progress) -> WorkQueue::Delivery {
            begun = true;
            try {
                while (true) {
                    progress.throwIfStopped();
                    QThread::msleep(1);
                }
            } catch (const Cancelled&) {
                stopped = true;
                throw;
            }
        })});
        QTRY_VERIFY(begun);
        std::vector<WorkQueue::Task> tasks;
        for (const int number : {1, 3, 2}) {
            tasks.push_back(task(number, number, [&order, number](const Progress&) {
                return [&order, number] { order.push_back(number); };
            }));
        }
        queue.want(std::move(tasks));
        while (order.size() < 3 && queue.waitForDelivery()) {
            queue.deliver(failures);
        }
        QVERIFY(stopped);
        QCOMPARE(order, (std::vector<int>{3, 2, 1}));
        QVERIFY(failures.empty());
        QVERIFY(!queue.waitForDelivery()); // nothing is left
    }

    void whatFailedIsToldOnceAndNotBegunAgainUntilItIsForgotten() {
        std::vector<std::string> failures;
        std::atomic<int> tries = 0;
        WorkQueue queue(2, {});
        const auto wanted = [&] {
            return task(0, 1, [&](const Progress&) -> WorkQueue::Delivery {
                ++tries;
                throw Error("The file is gone.");
            });
        };
        for (int round = 0; round < 5; ++round) {
            queue.want({wanted()});
            queue.waitForDelivery();
            queue.deliver(failures);
        }
        QCOMPARE(failures, (std::vector<std::string>{"The file is gone."}));
        QCOMPARE(tries.load(), 1);
        QVERIFY(queue.hasFailed(wanted().key));
        queue.forgetFailures();
        queue.want({wanted()});
        queue.waitForDelivery();
        QCOMPARE(tries.load(), 2);
    }

    void linesLieInTheirTilesSurfaceAndEndAtItsEdge() {
        Tiles tiles;
        // Around the corner where four tiles meet.
        const auto northWest = tiles.pyramid().extent(TileId{}.child(0));
        const geo::Point middle{northWest.xmax, northWest.ymin};
        outlines::Outline star;
        star.uuid = "star";
        geo::Polygon polygon;
        double perimeter = 0;
        for (int i = 0; i < 300; ++i) {
            const double angle = 2 * 3.14159265358979 * i / 300;
            const double radius = 4000 * (1 + 0.3 * std::sin(7 * angle));
            polygon.outer.push_back(
                {middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
        }
        for (std::size_t i = 0; i < 300; ++i) {
            const auto& a = polygon.outer[i];
            const auto& b = polygon.outer[(i + 1) % 300];
            perimeter += std::hypot(b.x - a.x, b.y - a.y);
        }
        star.geometry = {polygon};
        OutlineSnapshot outlines;
        outlines.outlines.push_back(std::make_shared<const ThinnedOutline>(outlines::share(std::move(star))));
        double length = 0;
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            const auto& tile = tiles.read(TileId{}.child(quadrant));
            const auto lines = buildTileLines(outlines, tile, middle, 0, Progress());
            QVERIFY(lines.pieces() > 50);
            QCOMPARE(lines.ranges.size(), std::size_t{1});
            QCOMPARE(lines.ranges.front().uuid, std::string("star"));
            QCOMPARE(lines.ranges.front().count, lines.pieces());
            for (std::size_t i = 0; i < lines.vertices.size(); ++i) {
                const auto& vertex = lines.vertices[i];
                const geo::Point map{middle.x + vertex.place[0], middle.y + vertex.place[1]};
                QVERIFY(tile.ground.grown(0.01).contains(map));
                // Float metres on slopes of a few metres a metre.
                QVERIFY(std::abs(vertex.place[2] - tile.heightAt(map, 0)) < 0.05);
                QVERIFY(std::abs(vertex.corner[2] - tile.heightAt(map, 1)) < 0.05);
                if (i % 4 == 0) {
                    length +=
                        std::hypot(vertex.other[0] - vertex.place[0], vertex.other[1] - vertex.place[1]);
                }
            }
        }
        QVERIFY(std::abs(length - perimeter) < 1);
    }

    void coarseTilesGetThinnerLines() {
        Tiles tiles;
        const auto middle = tiles.pyramid().base().extent().center();
        outlines::Outline round;
        geo::Polygon polygon;
        for (int i = 0; i < 20'000; ++i) {
            const double angle = 2 * 3.14159265358979 * i / 20'000;
            polygon.outer.push_back({middle.x + 5000 * std::cos(angle), middle.y + 5000 * std::sin(angle)});
        }
        round.geometry = {polygon};
        OutlineSnapshot outlines;
        outlines.outlines.push_back(
            std::make_shared<const ThinnedOutline>(outlines::share(std::move(round))));
        const auto& tile = tiles.read({});
        const auto whole = buildTileLines(outlines, tile, middle, 0, Progress()).pieces();
        const auto thinned = buildTileLines(outlines, tile, middle, 20, Progress()).pieces();
        QVERIFY(whole >= 20'000);
        QVERIFY(thinned < 500 && thinned > 20);
    }

    void anIndexIsPaintedInTheColourOfItsValueAndGapsStayEmpty() {
        constexpr float none = std::numeric_limits<float>::quiet_NaN();
        Image<float> values(2, 1, 4);
        const float green[4] = {0.8F, 0.3F, 0.2F, none};
        const float swir[4] = {0.2F, 0.3F, 0.6F, 0.1F};
        for (int i = 0; i < 4; ++i) {
            values.at(0, 0, i) = green[i];
            values.at(1, 0, i) = swir[i];
        }
        const std::vector<BandSummary> bands{summaryOf("green", values.band(0), 4),
                                             summaryOf("swir1", values.band(1), 4)};
        TileData tile;
        tile.bands = storedBands(values, bands);
        tile.pictureGrid.columns = 4;
        tile.pictureGrid.rows = 1;
        const DrapeStyle ndsi{.kind = DrapeKind::NormalizedDifference,
                              .composite = {"NDSI", {"green", "swir1", "swir1"}},
                              .colorMap = "blue-yellow"};
        const DrapeBaker painter(bands, ndsi, {});
        const auto picture = painter.paint(tile);
        const auto& colors = colorMap("blue-yellow");
        for (std::size_t i = 0; i < 3; ++i) {
            const float index = (green[i] - swir[i]) / (green[i] + swir[i]);
            const auto& expected = colors.at((index + 1) / 2);
            for (std::size_t c = 0; c < 3; ++c) {
                QVERIFY(std::abs(int(picture[i * 4 + c]) - int(expected[c])) <= 2);
            }
            QCOMPARE(int(picture[i * 4 + 3]), 255);
        }
        QCOMPARE(int(picture[15]), 0);
        QCOMPARE(painter.legend()->low, -1.0);
        QCOMPARE(painter.legend()->high, 1.0);
    }

    void anOverlayCoversAsMuchAsItsOpacitySaysAndNothingWhereItHasNoValues() {
        Tiles tiles;
        const auto& tile = tiles.read({});
        DrapeStyle style;
        const auto bare = DrapeBaker({}, style, {}).paint(tile);
        style.overlay = {.colorMap = "ember", .low = 10, .high = 20, .opacity = 0.5};
        Image<float> values(1, tile.pictureGrid.rows, tile.pictureGrid.columns,
                            std::numeric_limits<float>::quiet_NaN());
        values.at(0, 100, 100) = 20;
        const auto covered = DrapeBaker({}, style, {}).paint(tile, &values);
        const auto top = colorMap("ember").at(1);
        const auto at = (std::size_t{100} * static_cast<std::size_t>(tile.pictureGrid.columns) + 100) * 4;
        for (std::size_t c = 0; c < 3; ++c) {
            QVERIFY(std::abs(int(covered[at + c]) - (int(bare[at + c]) + int(top[c])) / 2) <= 1);
            QCOMPARE(covered[at + 4 + c], bare[at + 4 + c]);
        }
    }

    void slopesThatFaceTheSunAreBrighterThanThoseThatTurnAway() {
        Tiles tiles;
        const auto& tile = tiles.read({});
        const auto columns = static_cast<std::size_t>(tile.pictureGrid.columns);
        const auto lit = [&](double azimuth) {
            return DrapeBaker({}, {.kind = DrapeKind::Hillshade, .sun = {azimuth, 40}}, {}).paint(tile);
        };
        const auto east = lit(90);
        const auto west = lit(270);
        int agree = 0;
        int steep = 0;
        for (int row = 10; row < tile.pictureGrid.rows - 10; row += 3) {
            for (int column = 10; column < tile.pictureGrid.columns - 10; column += 3) {
                const auto map = tile.pictureGrid.toMap(column + 0.5, row + 0.5);
                const double step = tile.reliefGrid.pixelSize;
                const double rise =
                    (tile.mesh.heightAt({map.x + step, map.y}) - tile.mesh.heightAt({map.x - step, map.y})) /
                    (2 * step);
                if (std::abs(rise) < 0.3) {
                    continue;
                }
                ++steep;
                const auto at =
                    (static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)) * 4;
                agree += (rise < 0) == (east[at] > west[at]) ? 1 : 0; // sinks eastwards: faces the east
            }
        }
        QVERIFY(steep > 200);
        QVERIFY(agree > 0.95 * steep);
    }
};

QTEST_GUILESS_MAIN(TilesTest)
#include "tiles_test.moc"
