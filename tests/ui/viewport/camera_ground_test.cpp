// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_ground.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace nunatak;
using namespace nunatak::ui;
using nunatak::ui::viewport::CameraGround;
using nunatak::ui::viewport::levelFootprint;
using nunatak::ui::viewport::MapCamera;
using nunatak::ui::viewport::panned;
using nunatak::ui::viewport::slid;

namespace {

const QSizeF viewSize(1280, 800);
constexpr double cliffX = 5000;

/// A plain at 500 m with a wall of 2,500 m east of cliffX.
CameraGround cliff() {
    return {geo::Extent{0, 0, 10'000, 10'000}, 10,
            [](geo::Point map) { return map.x < cliffX ? 500.0 : 3000.0; }};
}

MapCamera looking(double x, double y, double z, double viewHeight, double heading, double tilt) {
    MapCamera camera;
    camera.target = {x, y, z};
    camera.viewHeight = viewHeight;
    camera.heading = heading;
    camera.tilt = tilt;
    return camera;
}

} // namespace

class CameraGroundTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEyeIsNeverUnderTheGroundNorCloseToAWall() {
        const auto ground = cliff();
        std::mt19937 random(7);
        std::uniform_real_distribution<double> unit(0, 1);
        int lifted = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto camera = looking(10'000 * unit(random), 10'000 * unit(random), 3500 * unit(random),
                                        50 + 4000 * unit(random), 360 * unit(random), 15 + 67 * unit(random));
            const auto above = ground.above(camera);
            const auto eye = above.eye();
            if (!ground.extent.contains({eye.x, eye.y})) {
                continue;
            }
            QVERIFY(eye.z >= ground.heightAt({eye.x, eye.y}) + 19.9);
            // 20 m before the wall is as bad as in it.
            if (eye.x > cliffX - 19 && eye.x < cliffX && ground.extent.contains({eye.x + 20, eye.y})) {
                QVERIFY(eye.z >= 3000);
            }
            lifted += above == camera ? 0 : 1;
            QCOMPARE(above.heading, camera.heading);
            QCOMPARE(above.tilt, camera.tilt);
        }
        QVERIFY(lifted > 200);
    }

    void straightDownNothingNeedsToBeLifted() {
        const auto camera = looking(8000, 5000, 0, 400, 0, 0);
        QVERIFY(cliff().above(camera) == camera);
    }

    void besideTheTerrainOneMayLookAtItsWalls() {
        const auto camera = looking(-3000, 5000, -200, 500, 90, 60);
        QVERIFY(cliff().above(camera) == camera);
    }

    void theViewIsNeverSmallerThanAFewPixelsNorEndless() {
        const auto ground = cliff();
        QCOMPARE(ground.within(looking(2000, 2000, 500, 0.5, 0, 0)).viewHeight, 40.0);
        QCOMPARE(ground.within(looking(2000, 2000, 500, 1e9, 0, 0)).viewHeight, 60'000.0);
        QCOMPARE(ground.allowedZoom(80, 0.1), 0.5);
        QCOMPARE(ground.allowedZoom(30'000, 10), 2.0);
        // A view that is too large already may come closer, and not be torn there.
        QCOMPARE(ground.allowedZoom(90'000, 1.2), 1.0);
    }

    void whatWasPressedStaysUnderThePointerWhilePanning() {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 500; ++i) {
            const auto camera = looking(5000, 5000, 800, 3000, 360 * unit(random), 70 * unit(random));
            const QPointF from(200 + 880 * unit(random), 350 + 400 * unit(random));
            const QPointF to(200 + 880 * unit(random), 350 + 400 * unit(random));
            const auto ray = camera.rayThrough(from, viewSize);
            const auto anchor = ray.origin + ray.direction * ((900 - ray.origin.z) / ray.direction.z);
            const auto moved = panned(camera, anchor, to, viewSize);
            const auto place = moved.project(anchor, viewSize);
            QVERIFY(place.has_value());
            QVERIFY(std::hypot(place->x() - to.x(), place->y() - to.y()) < 1e-3);
        }
    }

    void aPanTowardsTheSkyDoesNothing() {
        const auto camera = looking(5000, 5000, 500, 3000, 0, 80);
        QVERIFY(panned(camera, {5000, 5000, 500}, {640, 0}, viewSize) == camera);
    }

    void slidingFollowsTheViewsOwnDirections() {
        const auto east = slid(looking(0, 0, 0, 1000, 90, 0), 0, 0.1);
        QVERIFY(std::abs(east.target.x - 100) < 1e-9 && std::abs(east.target.y) < 1e-9);
        const auto south = slid(looking(0, 0, 0, 1000, 90, 0), 0.1, 0);
        QVERIFY(std::abs(south.target.x) < 1e-9 && std::abs(south.target.y + 100) < 1e-9);
    }

    void theFootprintIsWhatTheViewShows() {
        const auto flat = levelFootprint(looking(5000, 6000, 800, 1000, 0, 0), viewSize);
        QCOMPARE(flat.size(), std::size_t(4));
        QVERIFY(std::abs(flat[0].x - 4200) < 1e-6 && std::abs(flat[0].y - 5500) < 1e-6);
        QVERIFY(std::abs(flat[2].x - 5800) < 1e-6 && std::abs(flat[2].y - 6500) < 1e-6);
        // Looking north towards the horizon it opens, and every corner is in the view.
        const auto camera = looking(5000, 5000, 800, 1000, 0, 80);
        const auto open = levelFootprint(camera, viewSize);
        QCOMPARE(open.size(), std::size_t(4));
        QVERIFY(open[2].x - open[3].x > 3 * (open[1].x - open[0].x));
        for (const auto& corner : open) {
            const auto place = camera.project({corner.x, corner.y, 800}, viewSize);
            QVERIFY(place && QRectF(-1, -1, 1282, 802).contains(*place));
        }
    }

    void theTerrainCannotBeLostOutOfSight() {
        const auto ground = cliff();
        const auto inside = looking(5000, 5000, 0, 2000, 0, 0);
        QVERIFY(ground.mayPan(inside, looking(11'000, 5000, 0, 2000, 0, 0)));
        QVERIFY(!ground.mayPan(inside, looking(12'000, 5000, 0, 2000, 0, 0)));
        // From outside every way is open, or there would be none back.
        QVERIFY(ground.mayPan(looking(20'000, 5000, 0, 2000, 0, 0), looking(19'000, 5000, 0, 2000, 0, 0)));
    }
};

QTEST_GUILESS_MAIN(CameraGroundTest)
#include "camera_ground_test.moc"
