// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport_probe.h"
#include "viewport_fixture.h"

#include <random>
#include <vector>

// Outlines lie where the picture says. The picture is replaced by one whose colour is its map coordinate
// (12 bits for each axis, see terrain.frag); a vertex is drawn as a dot. Where the dot is seen, the ground
// beside it must have the vertex's coordinate.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

constexpr double allowedPixels = 1.5;
constexpr double steps = 4096;

/// Where on the map a pixel of the coordinate picture lies; the middle of its step.
geo::Point placeOf(QRgb pixel, const geo::Extent& extent) {
    const int column = qRed(pixel) * 16 + qBlue(pixel) / 16;
    const int row = qGreen(pixel) * 16 + qBlue(pixel) % 16;
    return {extent.xmin + (column + 0.5) / steps * extent.width(),
            extent.ymin + (row + 0.5) / steps * extent.height()};
}

/// Middle of the pixels near a place that the dots made different; none when no dot is seen there.
std::optional<QPointF> dotNear(const QImage& bare, const QImage& dotted, QPointF place, int reach) {
    double sumX = 0;
    double sumY = 0;
    double weights = 0;
    QRect box;
    for (int y = int(place.y()) - reach; y <= int(place.y()) + reach; ++y) {
        for (int x = int(place.x()) - reach; x <= int(place.x()) + reach; ++x) {
            if (!bare.rect().contains(x, y) || bare.pixel(x, y) == dotted.pixel(x, y)) {
                continue;
            }
            sumX += x + 0.5;
            sumY += y + 0.5;
            weights += 1;
            box = box.united(QRect(x, y, 1, 1));
        }
    }
    // Only a whole dot has its middle where the vertex is: a crest may cut it.
    const QPointF middle(sumX / weights, sumY / weights);
    const bool whole =
        weights >= 19 && box.width() >= 5 && box.height() >= 5 && apart(middle, QRectF(box).center()) < 0.4;
    return whole ? std::optional(middle) : std::nullopt;
}

} // namespace

class OutlinesOnGroundTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verticesAreDrawnWhereThePictureHasTheirCoordinate_data() {
        QTest::addColumn<double>("exaggeration");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::addColumn<double>("morph");
        QTest::addColumn<bool>("coarsest");
        QTest::newRow("from anywhere") << 1.0 << 0.0 << 75.0 << -1.0 << false;
        QTest::newRow("at the coarsest level") << 1.0 << 0.0 << 70.0 << -1.0 << true;
        QTest::newRow("in the middle of a morph") << 1.0 << 20.0 << 70.0 << 0.5 << false;
        QTest::newRow("at exaggeration 5") << 5.0 << 0.0 << 70.0 << -1.0 << false;
        QTest::newRow("10 degrees above the horizon") << 1.0 << 80.0 << 80.0 << -1.0 << false;
    }
    void verticesAreDrawnWhereThePictureHasTheirCoordinate() {
        QFETCH(double, exaggeration);
        QFETCH(double, least);
        QFETCH(double, most);
        QFETCH(double, morph);
        QFETCH(bool, coarsest);
        const auto viewport = shownViewport();
        QVERIFY(viewport != nullptr);
        const auto extent = viewport->terrain()->heightGrid.extent();
        ui::viewport::ViewportProbe(*viewport).showCoordinates(extent);
        viewport->setVerticalExaggeration(exaggeration);
        if (coarsest) {
            viewport->setFineness({.pixel = 1e9, .error = 1e9});
        }
        ui::viewport::ViewportProbe(*viewport).holdMorph(morph);
        std::mt19937 random(31);
        std::uniform_real_distribution<double> unit(0, 1);
        int seen = 0;
        int visible = 0;
        double worst = 0;
        for (int round = 0; round < 400 && seen < 200; ++round) {
            const geo::Point at{extent.xmin + extent.width() * (0.25 + 0.5 * unit(random)),
                                extent.ymin + extent.height() * (0.25 + 0.5 * unit(random))};
            QVERIFY(viewport->restoreCamera(cameraText(at, viewport->terrain()->heightAt(at),
                                                       2500 + 4000 * unit(random), 360 * unit(random),
                                                       least + (most - least) * unit(random))));
            const auto bare = drawn(*viewport);
            // Triangles so small that each is one dot.
            std::vector<outlines::OutlineHandle> dots;
            std::vector<geo::Point> vertices;
            for (int i = 0; i < 25; ++i) {
                const auto ground = viewport->pick({40 + 560 * unit(random), 40 + 400 * unit(random)});
                if (!ground || !extent.grown(-50).contains(ground->map)) {
                    continue;
                }
                outlines::Outline dot;
                dot.uuid = std::to_string(i);
                const auto& map = ground->map;
                dot.geometry = {{{map, {map.x + 1e-3, map.y}, {map.x, map.y + 1e-3}}, {}}};
                dots.push_back(outlines::share(std::move(dot)));
                vertices.push_back(map);
            }
            viewport->setLayer("dots", dots, {QColor(255, 255, 255), 3, true});
            const auto dotted = drawn(*viewport);
            viewport->removeLayer("dots");
            for (const auto& vertex : vertices) {
                const auto expected = viewport->project(vertex);
                QVERIFY(expected.has_value());
                // Only what the ground itself does not hide: a line just behind a crest shows over it.
                const auto ground = viewport->pick(*expected);
                if (!ground || std::hypot(ground->map.x - vertex.x, ground->map.y - vertex.y) > 5) {
                    continue;
                }
                ++visible;
                const auto found = dotNear(bare, dotted, *expected, 5);
                if (!found) {
                    continue; // cut by a crest
                }
                // The nearest pixel with this coordinate, to the accuracy of its steps.
                const double slack = 1.5 * extent.width() / steps;
                double nearest = 1e9;
                for (int y = int(found->y()) - 12; y <= int(found->y()) + 12; ++y) {
                    for (int x = int(found->x()) - 12; x <= int(found->x()) + 12; ++x) {
                        if (!bare.rect().contains(x, y)) {
                            continue;
                        }
                        const auto place = placeOf(bare.pixel(x, y), extent);
                        // A pixel covers some ground: more, the flatter it is looked at.
                        const auto to = [&](int dx, int dy) {
                            const QPoint other(std::clamp(x + dx, 0, bare.width() - 1),
                                               std::clamp(y + dy, 0, bare.height() - 1));
                            const auto there = placeOf(bare.pixel(other), extent);
                            const double metres = std::hypot(there.x - place.x, there.y - place.y);
                            return metres < 150 ? metres : 0; // beyond a crest
                        };
                        const double reach =
                            slack + 0.5 * (std::max(to(1, 0), to(-1, 0)) + std::max(to(0, 1), to(0, -1)));
                        if (reach < 150 && std::hypot(place.x - vertex.x, place.y - vertex.y) <= reach) {
                            nearest = std::min(nearest, apart(QPointF(x + 0.5, y + 0.5), *found));
                        }
                    }
                }
                ++seen;
                worst = std::max(worst, nearest);
                QVERIFY2(nearest <= allowedPixels,
                         qPrintable(QString("round %1: %2 pixels").arg(round).arg(nearest)));
            }
        }
        QVERIFY2(seen >= 200, qPrintable(QString::number(seen)));
        QVERIFY2(seen > 0.7 * visible, qPrintable(QString("%1 of %2 drawn").arg(seen).arg(visible)));
        qInfo("%d vertices, worst %.2f pixels", seen, worst);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(OutlinesOnGroundTest)
#include "outlines_on_ground_test.moc"
