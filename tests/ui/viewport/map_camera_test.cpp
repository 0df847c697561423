// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_fit.h"
#include "ui/viewport/map_camera.h"

#include <QtTest>

#include <cmath>
#include <random>
#include <vector>

using nunatak::ui::viewport::fitted;
using nunatak::ui::viewport::MapCamera;
using nunatak::ui::viewport::Vec3;

namespace {

const QSizeF viewSize(1280, 800);

MapCamera sample(double heading, double tilt) {
    MapCamera camera;
    camera.target = {471'234.5, 5'183'210.25, 2100};
    camera.viewHeight = 8000;
    camera.heading = heading;
    camera.tilt = tilt;
    return camera;
}

double apart(QPointF a, QPointF b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

} // namespace

class MapCameraTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void straightDownIsAMapWithNorthUp() {
        const auto camera = sample(0, 0);
        QVERIFY(camera.isParallel());
        const auto& t = camera.target;
        // 10 m a pixel everywhere, whatever the height.
        QVERIFY(apart(*camera.project({t.x + 1000, t.y, t.z}, viewSize), {740, 400}) < 1e-6);
        QVERIFY(apart(*camera.project({t.x, t.y + 2000, t.z + 3000}, viewSize), {640, 200}) < 1e-6);
        QCOMPARE(camera.metresPerPixel({t.x, t.y, 5000}, viewSize), 10.0);
    }

    void aRayLeadsBackToWhatIsProjected() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 500; ++i) {
            const auto camera = sample(360 * unit(random), MapCamera::steepestTilt * unit(random));
            const QPointF position(1280 * unit(random), 800 * unit(random));
            const auto ray = camera.rayThrough(position, viewSize);
            const auto point = ray.origin + ray.direction * (2000 + 30'000 * unit(random));
            QVERIFY(apart(*camera.project(point, viewSize), position) < 1e-4);
        }
    }

    void turningAroundAPointLeavesItInItsPlaceAndSize() {
        auto camera = sample(20, 40);
        const Vec3 pivot{camera.target.x + 1500, camera.target.y - 900, 1700};
        const auto before = *camera.project(pivot, viewSize);
        const double scale = camera.metresPerPixel(pivot, viewSize);
        for (const double tilt : {70.0, 12.0, 0.0, 33.0}) {
            camera.turnAround(pivot, camera.heading + 77, tilt, viewSize);
            QVERIFY(apart(*camera.project(pivot, viewSize), before) < 1e-3);
            QVERIFY(std::abs(camera.metresPerPixel(pivot, viewSize) / scale - 1) < 1e-9);
        }
        QCOMPARE(camera.tilt, 33.0);
    }

    void theTiltIsLimited() {
        auto camera = sample(0, 60);
        camera.turnAround(camera.target, 0, 200, viewSize);
        QCOMPARE(camera.tilt, MapCamera::steepestTilt);
        camera.turnAround(camera.target, -90, -50, viewSize);
        QCOMPARE(camera.tilt, 0.0);
        QCOMPARE(camera.heading, 270.0);
    }

    void zoomingTowardsAPointKeepsItInPlace() {
        auto camera = sample(130, 55);
        const Vec3 point{camera.target.x - 2000, camera.target.y + 700, 2600};
        const auto before = *camera.project(point, viewSize);
        camera.zoomTowards(point, 0.31);
        QVERIFY(apart(*camera.project(point, viewSize), before) < 1e-3);
    }

    void openingThePerspectiveDoesNotJump() {
        // From a map to a hair of tilt: nothing moves farther than a pixel.
        const auto flat = sample(0, 0);
        double tilt = 0;
        auto tilted = flat;
        while (tilted.isParallel()) {
            tilt += 0.01;
            tilted.tilt = tilt;
        }
        auto before = tilted;
        before.tilt = tilt - 0.01;
        const Vec3 corner{flat.target.x + 6000, flat.target.y + 3500, flat.target.z};
        QVERIFY(apart(*before.project(corner, viewSize), *tilted.project(corner, viewSize)) < 3);
    }

    void fittingShowsEveryPointAndWastesNoRoom() {
        std::mt19937 random(5);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 40; ++i) {
            auto camera = sample(360 * unit(random), 75 * unit(random));
            std::vector<Vec3> points;
            for (int k = 0; k < 50; ++k) {
                points.push_back(
                    {400'000 + 20'000 * unit(random), 5'100'000 + 9000 * unit(random), 3000 * unit(random)});
            }
            camera.fit(points, viewSize, 0.05);
            double xmin = 1e9;
            double xmax = -1e9;
            double ymin = 1e9;
            double ymax = -1e9;
            for (const auto& point : points) {
                const auto place = camera.project(point, viewSize);
                QVERIFY(place.has_value());
                xmin = std::min(xmin, place->x());
                xmax = std::max(xmax, place->x());
                ymin = std::min(ymin, place->y());
                ymax = std::max(ymax, place->y());
            }
            QVERIFY(xmin > 0 && xmax < 1280 && ymin > 0 && ymax < 800);
            QVERIFY((xmax - xmin) > 0.85 * 1280 || (ymax - ymin) > 0.85 * 800);
        }
    }

    void fittingLeavesRoomAtEachSideAsItIsAsked() {
        const std::vector<Vec3> points{{400'000, 5'100'000, 1000},
                                       {408'000, 5'100'000, 3000},
                                       {408'000, 5'106'000, 500},
                                       {400'000, 5'106'000, 2000}};
        for (const double tilt : {0.0, 35.0, 70.0}) {
            const auto camera = fitted(sample(30, tilt), points, viewSize, {0.3, 0.1, 0.05, 0.25});
            const QRectF room(QPointF(0.3 * 1280, 0.1 * 800), QPointF(0.95 * 1280, 0.75 * 800));
            double widest = 0;
            double highest = 0;
            for (const auto& point : points) {
                const auto place = camera.project(point, viewSize);
                QVERIFY(place && room.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(*place));
                for (const auto& other : points) {
                    widest = std::max(widest, std::abs(place->x() - camera.project(other, viewSize)->x()));
                    highest = std::max(highest, std::abs(place->y() - camera.project(other, viewSize)->y()));
                }
            }
            QVERIFY(widest > 0.9 * room.width() || highest > 0.9 * room.height());
        }
    }

    void aCameraSurvivesAsText() {
        const auto camera = sample(123.456, 7.25);
        const auto again = MapCamera::fromText(camera.toText());
        QVERIFY(again.has_value());
        QVERIFY(*again == camera);
    }

    void textThatIsNoneOfOursIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("other") << "camera 2 1 2 3 4 5 6";
        QTest::newRow("short") << "camera 1 1 2 3 4 5";
        QTest::newRow("word") << "camera 1 1 2 3 4 5 x";
        QTest::newRow("nan") << "camera 1 1 2 nan 4 5 6";
        QTest::newRow("nothing high") << "camera 1 1 2 3 0 5 6";
        QTest::newRow("from below") << "camera 1 1 2 3 100 5 120";
    }
    void textThatIsNoneOfOursIsRefused() {
        QFETCH(QString, text);
        QVERIFY(!MapCamera::fromText(text).has_value());
    }
};

QTEST_GUILESS_MAIN(MapCameraTest)
#include "map_camera_test.moc"
