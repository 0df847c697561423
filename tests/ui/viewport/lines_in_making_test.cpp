// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthetic_terrain.h"
#include "viewport/lines_in_making.h"
#include "viewport_fixture.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::tests;
using ui::LinesInMaking;

class LinesInMakingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLongOutlineIsMadeStretchByStretchAndIsTheSameLine() {
        const auto terrain = syntheticTerrain();
        const auto middle = terrain->heightGrid.extent().center();
        const auto large = outlineAround(middle, 1500, 20000, "large");
        const auto small = outlineAround(middle, 300, 40, "small");
        ui::LineGeometryBuilder atOnce(*terrain, middle);
        atOnce.addShape(large->geometry);
        const auto largeIndices = atOnce.indexCount();
        atOnce.addShape(small->geometry);

        LinesInMaking making(*terrain, middle, 0, {large, small});
        int turns = 1;
        while (!making.advance(1000)) {
            ++turns;
        }
        QVERIFY(turns > 5);
        const auto& ranges = making.ranges();
        QCOMPARE(ranges.at("large").firstIndex, std::size_t{0});
        QCOMPARE(ranges.at("large").indexCount, largeIndices);
        QCOMPARE(ranges.at("small").firstIndex, largeIndices);
        QCOMPARE(ranges.at("small").indexCount, atOnce.indexCount() - largeIndices);
        const auto expected = atOnce.take();
        const auto made = making.take();
        const auto& wanted = static_cast<const osg::Vec3Array&>(*expected->getVertexArray());
        const auto& vertices = static_cast<const osg::Vec3Array&>(*made->getVertexArray());
        QCOMPARE(vertices.size(), wanted.size());
        QVERIFY(std::equal(vertices.begin(), vertices.end(), wanted.begin()));
    }

    void outlinesBesideTheTerrainMakeNoLines() {
        const auto terrain = syntheticTerrain();
        const auto extent = terrain->heightGrid.extent();
        LinesInMaking making(*terrain, extent.center(), 0,
                             {outlineAround({extent.xmax + 5000, extent.ymax + 5000}, 100, 20, "away")});
        QVERIFY(making.advance(1000));
        QVERIFY(making.take() == nullptr);
    }
};

QTEST_GUILESS_MAIN(LinesInMakingTest)
#include "lines_in_making_test.moc"
