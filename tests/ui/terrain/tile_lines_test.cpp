// SPDX-License-Identifier: GPL-3.0-or-later
// Outlines cut and laid on tiles, as plain arrays.
#include "ui/terrain/tile_lines.h"
#include "ui/terrain/tile_source.h"
#include "ui/viewport/synthetic_terrain.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>

using namespace nunatak;
using namespace nunatak::ui::terrain;

namespace {

/// A tile of the root's quadrants, or the root itself.
std::shared_ptr<const TileData> readTile(const TileSource& source, const TileId& id) {
    const auto root = source.read({}, nullptr, nullptr, Progress());
    if (id == TileId{}) {
        return root;
    }
    const auto owner = source.pyramid().pictureTile(id);
    return source.read(id, root.get(), owner == id ? nullptr : root.get(), Progress());
}

} // namespace

class TileLinesTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const TileSource> m_source = tilesOfArrays(tests::syntheticTerrain({.cells = 192}));

private Q_SLOTS:
    void linesLieInTheirTilesSurfaceAndEndAtItsEdge() {
        // Around the corner where four tiles meet.
        const auto northWest = m_source->pyramid().extent(TileId{}.child(0));
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
        outlines.put(std::make_shared<const ThinnedOutline>(outlines::share(std::move(star))));
        double length = 0;
        for (int quadrant = 0; quadrant < 4; ++quadrant) {
            const auto read = readTile(*m_source, TileId{}.child(quadrant));
            const auto& tile = *read;
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

    void anEditedOutlineIsThinnedAsBeforeButForWhatChanged() {
        outlines::Outline outline;
        outline.uuid = "star";
        geo::Polygon polygon;
        for (int i = 0; i < 2000; ++i) {
            const double angle = 2 * 3.14159265358979 * i / 2000;
            const double radius = 4000 * (1 + 0.3 * std::sin(7 * angle) + 0.002 * std::sin(400 * angle));
            polygon.outer.push_back({radius * std::cos(angle), radius * std::sin(angle)});
        }
        outline.geometry = {polygon};
        const ThinnedOutline before(outlines::share(outline));
        auto& ring = outline.geometry[0].outer;
        ring[700].x += 0.5;
        ring.insert(ring.begin() + 701, {ring[700].x + 0.5, ring[700].y});
        const ThinnedOutline after(outlines::share(outline), before);
        for (const double tolerance : {0.0, 5.0, 60.0}) {
            const auto then = before.rings(tolerance).front();
            const auto now = after.rings(tolerance).front();
            // What moved and came stays, whatever the tolerance, and so do the vertices beside it.
            for (const std::size_t kept : {699U, 700U, 701U, 702U}) {
                QVERIFY(std::find(now.begin(), now.end(), ring[kept]) != now.end());
            }
            // All else is as it was.
            geo::Ring others;
            std::copy_if(now.begin(), now.end(), std::back_inserter(others), [&](geo::Point point) {
                return std::find(then.begin(), then.end(), point) != then.end();
            });
            geo::Ring expected = then;
            std::erase(expected, polygon.outer[700]);
            QCOMPARE(others.size(), expected.size());
            QVERIFY(others == expected);
            QVERIFY(now.size() <= others.size() + 4);
        }
        // With another number of rings nothing is known of before.
        outline.geometry.push_back({{{9000, 0}, {9100, 0}, {9100, 100}, {9000, 100}}, {}});
        const ThinnedOutline more(outlines::share(outline), before);
        QCOMPARE(more.rings(5).size(), std::size_t{2});
    }

    void aChangedOutlineIsOfTheNextSnapshotAloneAndKeepsItsPlace() {
        const auto thinned = [](int number, double size) {
            outlines::Outline outline;
            outline.uuid = std::to_string(number);
            outline.geometry = {{{{0, 0}, {size, 0}, {0, size}}, {}}};
            return std::make_shared<const ThinnedOutline>(outlines::share(std::move(outline)));
        };
        OutlineSnapshot before;
        for (int i = 0; i < 500; ++i) {
            before.put(thinned(i, 10));
        }
        OutlineSnapshot after = before;
        after.put(thinned(77, 20));
        after.remove("78");
        after.put(thinned(500, 30));
        QCOMPARE(before.size(), std::size_t{500});
        QCOMPARE(after.size(), std::size_t{500});
        QCOMPARE(before.find("77")->extent().width(), 10.0);
        QCOMPARE(after.find("77")->extent().width(), 20.0);
        QVERIFY(before.find("78") && !after.find("78"));
        QVERIFY(!before.find("500"));
        std::vector<std::string> order;
        after.forEach([&](const ThinnedOutline& outline) {
            order.push_back(outline.outline()->uuid);
            if (outline.outline()->uuid != "77" && outline.outline()->uuid != "500") {
                QCOMPARE(&outline, before.find(outline.outline()->uuid).get()); // shared, not made again
            }
        });
        QCOMPARE(order.size(), std::size_t{500});
        QCOMPARE(order[77], std::string("77"));
        QCOMPARE(order[78], std::string("79"));
        QCOMPARE(order.back(), std::string("500"));
    }

    void coarseTilesGetThinnerLines() {
        const auto middle = m_source->pyramid().base().extent().center();
        outlines::Outline round;
        geo::Polygon polygon;
        for (int i = 0; i < 20'000; ++i) {
            const double angle = 2 * 3.14159265358979 * i / 20'000;
            polygon.outer.push_back({middle.x + 5000 * std::cos(angle), middle.y + 5000 * std::sin(angle)});
        }
        round.geometry = {polygon};
        OutlineSnapshot outlines;
        outlines.put(std::make_shared<const ThinnedOutline>(outlines::share(std::move(round))));
        const auto read = readTile(*m_source, {});
        const auto& tile = *read;
        const auto whole = buildTileLines(outlines, tile, middle, 0, Progress()).pieces();
        const auto thinned = buildTileLines(outlines, tile, middle, 20, Progress()).pieces();
        QVERIFY(whole >= 20'000);
        QVERIFY(thinned < 500 && thinned > 20);
    }
};

QTEST_GUILESS_MAIN(TileLinesTest)
#include "tile_lines_test.moc"
