// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/hand.h"
#include "viewport_fixture.h"

#include "ui/viewport/clear_framing.h"
#include "ui/viewport/map_camera.h"

#include <QHBoxLayout>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QWheelEvent>

#include <algorithm>
#include <random>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

void drag(Viewport& viewport, Qt::MouseButton button, QPoint from, QPoint to, int steps = 6) {
    QTest::mousePress(&viewport, button, {}, from);
    for (int i = 1; i <= steps; ++i) {
        moveHeld(viewport, QPointF(from) + QPointF(to - from) * i / steps, button);
    }
    QTest::mouseRelease(&viewport, button, {}, to);
}

/// The pointer with no button held.
void move(Viewport& viewport, QPointF at) {
    moveHeld(viewport, at, Qt::NoButton);
}

void wheel(Viewport& viewport, QPointF at, int delta) {
    QWheelEvent event(at, viewport.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, {}, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&viewport, &event);
}

double difference(const QImage& a, const QImage& b) {
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            sum +=
                std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
        }
    }
    return sum / 3 / a.width() / a.height();
}

/// Share of pure red pixels in a square around a point.
double redAround(const QImage& image, QPointF at, int reach) {
    int red = 0;
    int all = 0;
    for (int y = int(at.y()) - reach; y <= int(at.y()) + reach; ++y) {
        for (int x = int(at.x()) - reach; x <= int(at.x()) + reach; ++x) {
            if (image.rect().contains(x, y)) {
                const QRgb pixel = image.pixel(x, y);
                red += qRed(pixel) > 200 && qGreen(pixel) < 60 && qBlue(pixel) < 60 ? 1 : 0;
                ++all;
            }
        }
    }
    return all > 0 ? double(red) / all : 0;
}

const ui::viewport::LayerStyle redLine{QColor(255, 0, 0), 3, true};

/// Follows a gesture that the tests let a tool start.
struct Recording {
    std::vector<QPointF> way; ///< where it was passed, asked and ended
    int updates = 0;
    int ended = 0;
    int cancelled = 0;
};

class RecordingTool : public ui::viewport::LeftButton {
public:
    explicit RecordingTool(Recording& recording) : m_recording(recording) {}
    std::unique_ptr<ui::viewport::LeftDrag> press(const ui::viewport::PointerEvent&) override {
        class Follow : public ui::viewport::LeftDrag {
        public:
            explicit Follow(Recording& recording) : m_recording(recording) {}
            void pass(const ui::viewport::PointerEvent& event) override {
                m_recording.way.push_back(event.inView);
            }
            void update(const ui::viewport::PointerEvent& event) override {
                ++m_recording.updates;
                m_recording.way.push_back(event.inView);
            }
            void end(const ui::viewport::PointerEvent& event) override {
                ++m_recording.ended;
                m_recording.way.push_back(event.inView);
            }
            void cancel() override { ++m_recording.cancelled; }

        private:
            Recording& m_recording;
        };
        return std::make_unique<Follow>(m_recording);
    }
    void hover(const ui::viewport::PointerEvent&) override {}

private:
    Recording& m_recording;
};

} // namespace

class ViewportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstFrameShowsTheTerrainAndSaysSo() {
        Viewport viewport(builtShaders());
        QSignalSpy drawn(&viewport, &Viewport::firstFrameDrawn);
        QSignalSpy failed(&viewport, &Viewport::graphicsFailed);
        viewport.resize(320, 240);
        viewport.setTerrain(syntheticTerrain());
        viewport.show();
        QTRY_COMPARE(drawn.count(), 1);
        QCOMPARE(failed.count(), 0);
        const auto image = viewport.grabFramebuffer();
        Viewport empty(builtShaders());
        empty.resize(320, 240);
        empty.show();
        QVERIFY(QTest::qWaitForWindowExposed(&empty));
        QVERIFY(difference(image, empty.grabFramebuffer()) > 15);
    }

    void missingShadersAreToldInASentence() {
        Viewport viewport("/nowhere/shaders");
        QSignalSpy failed(&viewport, &Viewport::graphicsFailed);
        viewport.resize(200, 150);
        viewport.setTerrain(syntheticTerrain());
        viewport.show();
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed.first().first().toString().contains("/nowhere/shaders"));
        QVERIFY(viewport.picture({100, 100}).isNull());
    }

    void zoomingHasAnEndInBothDirections() {
        const auto viewport = shownViewport();
        const QPointF at(320, 240);
        for (int i = 0; i < 100; ++i) {
            wheel(*viewport, at, 120);
        }
        QVERIFY(viewport->metresPerPixel() > 0.01);
        QVERIFY(viewport->pick(at).has_value());
        for (int i = 0; i < 200; ++i) {
            wheel(*viewport, at, -120);
        }
        QVERIFY(viewport->metresPerPixel() < 1000);
    }

    void theEyeStaysOverTheGround() {
        const auto viewport = shownViewport();
        const auto extent = viewport->terrain()->heightGrid.extent();
        std::mt19937 random(11);
        std::uniform_real_distribution<double> unit(0, 1);
        int overGround = 0;
        for (int i = 0; i < 60; ++i) {
            const geo::Point at{extent.xmin + extent.width() * (0.2 + 0.6 * unit(random)),
                                extent.ymin + extent.height() * (0.2 + 0.6 * unit(random))};
            QVERIFY(viewport->restoreCamera(cameraText(at, viewport->terrain()->heightAt(at),
                                                       300 + 2000 * unit(random), 360 * unit(random), 40)));
            // Tilted as far as it goes, pushed about and zoomed in.
            drag(*viewport, Qt::RightButton, {320, 240}, {330, 20}, 5);
            drag(*viewport, Qt::LeftButton, {320, 300}, {320 + int(200 * unit(random)), 420}, 3);
            wheel(*viewport, {320, 300}, 240);
            const auto camera = ui::viewport::MapCamera::fromText(viewport->cameraState());
            QVERIFY(camera.has_value());
            const auto eye = camera->eye();
            if (extent.contains({eye.x, eye.y})) {
                ++overGround;
                QVERIFY(eye.z > viewport->terrain()->heightAt({eye.x, eye.y}) + 5);
            }
        }
        QVERIFY(overGround > 30);
    }

    void straightDownNorthIsUpAndDistancesAreTrue() {
        const auto viewport = shownViewport();
        QVERIFY(viewport->restoreCamera(
            cameraText(viewport->terrain()->heightGrid.extent().center(), 2500, 7000, 143, 62)));
        settle(*viewport);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto a = *viewport->project(middle);
        const auto north = *viewport->project({middle.x, middle.y + 1000});
        const auto east = *viewport->project({middle.x + 1000, middle.y});
        QVERIFY(std::abs(north.x() - a.x()) < 1e-6 && north.y() < a.y());
        QVERIFY(std::abs(east.y() - a.y()) < 1e-6 && east.x() > a.x());
        QVERIFY(std::abs((a.y() - north.y()) - (east.x() - a.x())) < 1e-6);
        QVERIFY(std::abs((east.x() - a.x()) * viewport->metresPerPixel() - 1000) < 1e-6);
        viewport->setView(Viewport::View::Oblique);
        settle(*viewport);
        const auto oblique = *viewport->project({middle.x, middle.y + 1000});
        QVERIFY(std::abs(apart(oblique, *viewport->project(middle)) - (a.y() - north.y())) > 2);
    }

    void framingShowsTheWholeExtent() {
        const auto viewport = shownViewport();
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const geo::Extent extent{middle.x - 1500, middle.y - 800, middle.x + 1100, middle.y + 900};
        viewport->frame(extent);
        settle(*viewport);
        for (const auto& corner :
             {geo::Point{extent.xmin, extent.ymin}, geo::Point{extent.xmax, extent.ymin},
              geo::Point{extent.xmin, extent.ymax}, geo::Point{extent.xmax, extent.ymax}}) {
            const auto place = viewport->project(corner);
            QVERIFY(place.has_value());
            QVERIFY(QRectF(0, 0, 640, 480).contains(*place));
        }
        QVERIFY(viewport->metresPerPixel() < 12);
    }

    void aFlightKeepsClearOfWhatLiesOverTheViewAndOfTheSkyBeyondTheScene() {
        const auto viewport = shownViewport();
        const auto scene = viewport->terrain()->heightGrid.extent();
        QWidget corner(viewport.get());
        corner.setGeometry(440, 300, 200, 180);
        QWidget line(viewport.get());
        line.setGeometry(10, 0, 500, 90);
        QWidget passes(viewport.get());
        passes.setGeometry(0, 90, 640, 300);
        passes.setProperty(ui::viewport::passing, true);
        for (auto* part : {&corner, &line, &passes}) {
            part->show();
        }
        const auto middle = scene.center();
        for (const double radius : {300.0, 900.0, 1500.0}) {
            const auto places = outlineAround(middle, radius, 30)->geometry[0].outer;
            ui::viewport::frameClear(*viewport, places, 35);
            settle(*viewport);
            QRectF all;
            for (const auto& map : places) {
                const auto place = viewport->project(map);
                QVERIFY(place && QRectF(0, 0, 640, 480).contains(*place));
                QVERIFY(!QRectF(corner.geometry()).contains(*place));
                QVERIFY(!QRectF(line.geometry()).contains(*place));
                all |= QRectF(*place, QSizeF(1, 1));
            }
            QVERIFY2(all.height() > 150, qPrintable(QString::number(all.height())));
        }
        // Of what lies beyond the scene nothing is shown: the rest is as large as if that were all.
        const geo::Extent half{scene.xmin, scene.ymin, middle.x, middle.y};
        ui::viewport::frameClear(*viewport, half, 0);
        settle(*viewport);
        const double alone = viewport->metresPerPixel();
        ui::viewport::frameClear(*viewport,
                                 geo::Extent{scene.xmin - 9000, scene.ymin - 9000, middle.x, middle.y}, 0);
        settle(*viewport);
        QVERIFY(std::abs(viewport->metresPerPixel() - alone) < 0.01 * alone);
    }

    void aFlightKeepsClearOfWhatWillStandThereAtItsEnd() {
        // From afar, where the map in the corner is hidden, it ends as from near, where it is not.
        const auto viewport = shownViewport();
        const auto scene = viewport->terrain()->heightGrid.extent();
        QWidget map(viewport.get());
        map.setGeometry(390, 300, 250, 180);
        map.setProperty(ui::viewport::besidePart, true);
        map.hide();
        const auto places = outlineAround(scene.center(), 900, 30)->geometry[0].outer;
        const auto fliesTo = [&](const auto& what) {
            ui::viewport::frameClear(*viewport, what, 35);
            settle(*viewport);
            return viewport->metresPerPixel();
        };
        const double afar = fliesTo(places);
        for (const auto& point : places) {
            QVERIFY(!map.geometry().contains(viewport->project(point)->toPoint()));
        }
        map.show();
        QVERIFY(std::abs(fliesTo(places) - afar) < 0.01 * afar);
        map.setProperty(ui::viewport::besidePart, false); // nobody wants it
        QVERIFY(fliesTo(places) < 0.98 * afar);
        // The whole scene is not kept clear of what goes when it is shown.
        map.hide();
        const double whole = fliesTo(scene);
        map.setProperty(ui::viewport::besidePart, true);
        map.show();
        QVERIFY(std::abs(fliesTo(scene) - whole) < 0.01 * whole);
    }

    void exaggerationRaisesTheMountainsAtOnce() {
        const auto viewport = shownViewport();
        const auto before = drawn(*viewport);
        viewport->setVerticalExaggeration(2.5);
        QCOMPARE(viewport->verticalExaggeration(), 2.5);
        QVERIFY(difference(before, drawn(*viewport)) > 4);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto hit = viewport->pick(*viewport->project(middle));
        QVERIFY(hit.has_value());
        // The elevation told is the true one.
        QVERIFY(std::abs(hit->elevation - viewport->terrain()->heightAt(hit->map)) < 0.01);
        viewport->setVerticalExaggeration(99);
        QCOMPARE(viewport->verticalExaggeration(), 5.0);
    }

    void pickingLeadsBackToTheProjectedPlaceFromEveryCamera() {
        const auto viewport = shownViewport();
        const auto extent = viewport->terrain()->heightGrid.extent();
        std::mt19937 random(23);
        std::uniform_real_distribution<double> unit(0, 1);
        int seen = 0;
        for (int i = 0; i < 300; ++i) {
            viewport->setVerticalExaggeration(0.5 + 3 * unit(random));
            const geo::Point at{extent.xmin + extent.width() * unit(random),
                                extent.ymin + extent.height() * unit(random)};
            QVERIFY(viewport->restoreCamera(cameraText(at, viewport->terrain()->heightAt(at),
                                                       600 + 12'000 * unit(random), 360 * unit(random),
                                                       80 * unit(random))));
            const QPointF position(640 * unit(random), 480 * unit(random));
            if (const auto hit = viewport->pick(position)) {
                ++seen;
                const auto back = viewport->project(hit->map);
                QVERIFY(back.has_value());
                QVERIFY2(apart(*back, position) < 1, qPrintable(QString::number(apart(*back, position))));
            }
        }
        QVERIFY(seen > 150);
    }

    void outlinesAreDrawnWhereTheyProjectTo_data() {
        QTest::addColumn<double>("tilt");
        QTest::addColumn<double>("exaggeration");
        QTest::newRow("straight down") << 0.0 << 1.0;
        QTest::newRow("oblique") << 50.0 << 1.0;
        QTest::newRow("exaggerated") << 45.0 << 2.0;
    }
    void outlinesAreDrawnWhereTheyProjectTo() {
        QFETCH(double, tilt);
        QFETCH(double, exaggeration);
        const auto viewport = shownViewport();
        viewport->setVerticalExaggeration(exaggeration);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        QVERIFY(viewport->restoreCamera(
            cameraText(middle, viewport->terrain()->heightAt(middle), 6000, 30, tilt)));
        settle(*viewport);
        const auto outline = outlineAround(middle, 1500, 90);
        viewport->setLayer("expert", {outline}, redLine);
        const auto image = drawn(*viewport);
        int visible = 0;
        int drawn = 0;
        for (const auto& point : outline->geometry.front().outer) {
            const auto place = viewport->project(point);
            const auto ground = viewport->pick(*place);
            // A vertex behind a ridge is not to be seen.
            if (!ground || std::hypot(ground->map.x - point.x, ground->map.y - point.y) > 30) {
                continue;
            }
            ++visible;
            drawn += redAround(image, *place, 2) > 0.15 ? 1 : 0;
        }
        QVERIFY(visible > 45);
        QVERIFY2(drawn >= visible - 1, qPrintable(QString("%1 of %2").arg(drawn).arg(visible)));
    }

    void mountainsInFrontHideOutlines() {
        const auto viewport = shownViewport();
        viewport->setVerticalExaggeration(3);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        QVERIFY(viewport->restoreCamera(cameraText(middle, 2000, 9000, 0, 78)));
        settle(*viewport);
        const auto outline = outlineAround(middle, 3500, 400);
        viewport->setLayer("expert", {outline}, redLine);
        const auto image = drawn(*viewport);
        int hidden = 0;
        int bleeding = 0;
        for (const auto& point : outline->geometry.front().outer) {
            const auto place = viewport->project(point);
            const auto ground = place ? viewport->pick(*place) : std::nullopt;
            if (ground && ground->map.y < point.y - 1500) {
                ++hidden;
                bleeding += redAround(image, *place, 0) > 0 ? 1 : 0;
            }
        }
        QVERIFY(hidden > 10);
        QVERIFY2(bleeding <= hidden / 10, qPrintable(QString("%1 of %2").arg(bleeding).arg(hidden)));
    }

    void layersCanBeHiddenAndRemoved() {
        const auto viewport = shownViewport();
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto bare = drawn(*viewport);
        viewport->setLayer("expert", {outlineAround(middle, 1500, 60)}, redLine);
        QVERIFY(difference(bare, drawn(*viewport)) > 0.2);
        auto hidden = redLine;
        hidden.visible = false;
        viewport->setLayerStyle("expert", hidden);
        QVERIFY(difference(bare, drawn(*viewport)) < 0.01);
        viewport->setLayerStyle("expert", redLine);
        QVERIFY(difference(bare, drawn(*viewport)) > 0.2);
        viewport->removeLayer("expert");
        QVERIFY(difference(bare, drawn(*viewport)) < 0.01);
    }

    void aLiveOutlineTakesThePlaceOfTheStoredOne() {
        const auto viewport = shownViewport();
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const geo::Point west{middle.x - 2500, middle.y};
        const geo::Point east{middle.x + 2500, middle.y};
        const auto other = outlineAround({middle.x, middle.y + 2500}, 600, 40, "other");
        const auto stored = outlineAround(west, 800, 40);
        viewport->setLayer("expert", {stored, other}, redLine);
        const auto seen = [&](const outlines::OutlineHandle& outline) {
            const auto image = drawn(*viewport);
            return redAround(image, *viewport->project(outline->geometry[0].outer[3]), 3) > 0.1;
        };
        const auto live = outlineAround(east, 800, 40);
        QVERIFY(seen(stored) && !seen(live) && seen(other));
        viewport->setLiveOutlines("expert", {{live->uuid, live}});
        QVERIFY(!seen(stored) && seen(live) && seen(other));
        viewport->setLiveOutlines("expert", {});
        QVERIFY(seen(stored) && !seen(live) && seen(other));
        // An edit: the same uuid elsewhere.
        viewport->setLayer("expert", {live, other}, redLine);
        QVERIFY(!seen(stored) && seen(live) && seen(other));
    }

    void anyNumberOfOutlinesIsDrawnAsItWouldBeAndWhatGoesIsNot() {
        const auto viewport = shownViewport();
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto at = [&](double east, double north, const char* uuid) {
            return outlineAround({middle.x + east, middle.y + north}, 500, 40, uuid);
        };
        const std::vector<outlines::OutlineHandle> all{at(-2500, 0, "a"), at(0, 2500, "b"), at(2500, 0, "c")};
        viewport->setLayer("expert", all, redLine);
        const auto seen = [&](const outlines::OutlineHandle& outline) {
            const auto image = drawn(*viewport);
            return redAround(image, *viewport->project(outline->geometry[0].outer[3]), 3) > 0.1;
        };
        const auto movedA = at(-2500, -2000, "a");
        const auto movedB = at(0, -2000, "b");
        viewport->setLiveOutlines("expert", {{"a", movedA}, {"b", movedB}, {"c", nullptr}});
        QVERIFY(!seen(all[0]) && !seen(all[1]) && !seen(all[2]));
        QVERIFY(seen(movedA) && seen(movedB));
        viewport->setLiveOutlines("expert", {{"b", movedB}});
        QVERIFY(seen(all[0]) && !seen(movedA) && seen(movedB) && seen(all[2]));
        viewport->setLiveOutlines("expert", {});
        QVERIFY(seen(all[0]) && seen(all[1]) && seen(all[2]) && !seen(movedB));
    }

    void theSelectionAndItsVerticesStandOut() {
        const auto viewport = shownViewport();
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto outline = outlineAround(middle, 900, 30);
        viewport->setLayer("expert", {outline}, redLine);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        viewport->frame(geo::extentOf(outline->geometry), false);
        const auto plain = drawn(*viewport);
        viewport->setSelection({outlines::OutlineRef{"expert", "star"}});
        const auto selected = drawn(*viewport);
        QVERIFY(difference(plain, selected) > 0.5);
        // A handle is white in its middle.
        const auto place = viewport->project(outline->geometry[0].outer[4])->toPoint();
        QVERIFY(qGreen(selected.pixel(place)) > 230);
        viewport->setHoveredVertex(geo::VertexId{0, 0, 4});
        const auto hovered = drawn(*viewport);
        QVERIFY(qBlue(hovered.pixel(place)) < 60);
        viewport->setSelection({});
        QVERIFY(difference(plain, drawn(*viewport)) < 0.01);
    }

    void previewTilesTintTheGroundUntilTheyAreCleared() {
        const auto viewport = shownViewport();
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        const auto extent = viewport->terrain()->heightGrid.extent();
        const auto bare = drawn(*viewport);
        geo::Extent tile = extent;
        tile.xmax = extent.center().x;
        viewport->addPreviewTile(tile, Image<float>(1, 16, 16, 0.95F));
        const auto tinted = drawn(*viewport);
        const auto inside = viewport->project({extent.center().x - 2000, extent.center().y})->toPoint();
        const auto outside = viewport->project({extent.center().x + 2000, extent.center().y})->toPoint();
        QVERIFY(qBlue(tinted.pixel(inside)) - qRed(tinted.pixel(inside)) > 60);
        QCOMPARE(tinted.pixel(outside), bare.pixel(outside));
        viewport->clearPreview();
        QVERIFY(difference(bare, drawn(*viewport)) < 0.01);
    }

    void groundWithoutDataIsTransparent() {
        SyntheticOptions options;
        options.emptyRim = 60;
        const auto viewport = shownViewport({640, 480}, options);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        const auto image = drawn(*viewport);
        const auto extent = viewport->terrain()->heightGrid.extent();
        const auto rim = viewport->project({extent.xmin + 500, extent.center().y})->toPoint();
        Viewport empty(builtShaders());
        empty.resize(640, 480);
        empty.show();
        QVERIFY(QTest::qWaitForWindowExposed(&empty));
        const auto sky = empty.grabFramebuffer().pixel(rim);
        QVERIFY(std::abs(qRed(sky) - qRed(image.pixel(rim))) <= 2);
        QVERIFY(std::abs(qBlue(sky) - qBlue(image.pixel(rim))) <= 2);
    }

    void aClickIsToldAndADragIsNot() {
        const auto viewport = shownViewport();
        QSignalSpy clicked(viewport.get(), &Viewport::clicked);
        QTest::mouseClick(viewport.get(), Qt::LeftButton, {}, {320, 260});
        QCOMPARE(clicked.count(), 1);
        drag(*viewport, Qt::LeftButton, {320, 260}, {360, 260});
        QCOMPARE(clicked.count(), 1);
        QTest::mouseClick(viewport.get(), Qt::LeftButton, {}, {3, 3}); // the sky
        QCOMPARE(clicked.count(), 1);
    }

    void aGestureGetsTheWholeDragAndEscapeCancelsIt() {
        const auto viewport = shownViewport();
        Recording recording;
        RecordingTool tool(recording);
        viewport->setLeftButton(&tool);
        const auto camera = viewport->cameraState();
        drag(*viewport, Qt::LeftButton, {320, 260}, {360, 280}, 4);
        QCOMPARE(recording.updates, 4);
        QCOMPARE(recording.ended, 1);
        QCOMPARE(viewport->cameraState(), camera);

        QTest::mousePress(viewport.get(), Qt::LeftButton, {}, {320, 260});
        QTest::keyClick(viewport.get(), Qt::Key_Escape);
        QCOMPARE(recording.cancelled, 1);
        QTest::mouseRelease(viewport.get(), Qt::LeftButton, {}, {320, 260});
        QCOMPARE(recording.ended, 1);
        viewport->setLeftButton(nullptr);
    }

    /// The tool is asked once for all that came between two pictures, and told each place that was passed.
    void aHandFasterThanThePicturesLosesNoPlace() {
        const auto viewport = shownViewport();
        Recording recording;
        RecordingTool tool(recording);
        viewport->setLeftButton(&tool);
        QTest::mousePress(viewport.get(), Qt::LeftButton, {}, {320, 260});
        std::vector<QPointF> way;
        for (int round = 1; round <= 3; ++round) {
            for (int i = 0; i < 20; ++i) {
                way.emplace_back(320 + i, 260 + 2 * round + i % 3);
                passHeld(*viewport, way.back());
            }
            QCOMPARE(recording.updates, round - 1);
            QCoreApplication::sendPostedEvents(viewport.get());
            QCOMPARE(recording.updates, round);
            QVERIFY(recording.way == way);
        }
        // What waits is passed before the end, told before a key, and nothing after it was given up.
        passHeld(*viewport, {340, 270});
        QTest::keyClick(viewport.get(), Qt::Key_Shift);
        QCOMPARE(recording.updates, 4);
        passHeld(*viewport, {342, 270});
        passHeld(*viewport, {344, 270});
        QTest::mouseRelease(viewport.get(), Qt::LeftButton, {}, {346, 270});
        QCOMPARE(recording.updates, 4);
        QCOMPARE(recording.ended, 1);
        for (const double x : {340, 342, 344, 346}) {
            way.emplace_back(x, 270);
        }
        QVERIFY(recording.way == way);
        QTest::mousePress(viewport.get(), Qt::LeftButton, {}, {320, 260});
        passHeld(*viewport, {330, 260});
        viewport->cancelDrag();
        QCoreApplication::sendPostedEvents(viewport.get());
        QTest::mouseRelease(viewport.get(), Qt::LeftButton, {}, {330, 260});
        QCOMPARE(recording.updates, 4);
        QCOMPARE(recording.cancelled, 1);
        viewport->setLeftButton(nullptr);
    }

    /// With the events of the display itself, of which Qt passes on only the last while a window is busy.
    void aMouseThatMovesWhileTheWindowIsBusyIsFollowedAllTheWay() {
        const QString hand = QStandardPaths::findExecutable("xdotool");
        if (hand.isEmpty() || QGuiApplication::platformName() != QLatin1String("xcb")) {
            QSKIP("There is no xdotool to move the display's own mouse with.");
        }
        const auto viewport = shownViewport();
        Recording recording;
        RecordingTool tool(recording);
        viewport->setLeftButton(&tool);
        const QPoint corner = viewport->mapToGlobal(QPoint(200, 200));
        const auto at = [&](int i) {
            return QStringList{"mousemove", QString::number(corner.x() + 3 * i),
                               QString::number(corner.y() + (i * i) % 40)};
        };
        constexpr int places = 40;
        QCOMPARE(QProcess::execute(hand, at(0)), 0);
        QCoreApplication::processEvents();
        QCOMPARE(QProcess::execute(hand, {"mousedown", "1"}), 0);
        QTRY_VERIFY(viewport->isDragging());
        QStringList moves;
        for (int i = 1; i < places; ++i) {
            moves << at(i) << QStringList{"sleep", "0.004"};
        }
        QCOMPARE(QProcess::execute(hand, moves << "mouseup"
                                               << "1"),
                 0); // the window waits for it
        QTRY_COMPARE(recording.ended, 1);
        QVERIFY2(recording.way.size() >= places - 1, qPrintable(QString::number(recording.way.size())));
        for (int i = 1; i < places; ++i) {
            const QPointF wanted(200 + 3 * i, 200 + (i * i) % 40);
            QVERIFY(std::find(recording.way.begin(), recording.way.end(), wanted) != recording.way.end());
        }
        QVERIFY(recording.updates < places / 2);
        QVERIFY(QCoreApplication::testAttribute(Qt::AA_CompressHighFrequencyEvents));
        viewport->setLeftButton(nullptr);
    }

    /// The ground follows the pointer, and the camera does not turn.
    void theMiddleButtonAndTheSpaceKeyPanWhateverTheToolDoes() {
        const auto viewport = shownViewport();
        Recording recording;
        RecordingTool tool(recording);
        viewport->setLeftButton(&tool); // has the left button for itself
        const auto lands = [&](const std::function<void(QPoint, QPoint)>& gesture) {
            const QPoint from(320, 260);
            const QPoint to(380, 220);
            const auto place = viewport->pick(from);
            const auto camera = viewport->camera();
            gesture(from, to);
            const auto now = viewport->project(place->map);
            return now && std::hypot(now->x() - to.x(), now->y() - to.y()) < 1.5 &&
                   viewport->camera().heading == camera.heading && viewport->camera().tilt == camera.tilt;
        };
        QVERIFY(lands([&](QPoint from, QPoint to) { drag(*viewport, Qt::MiddleButton, from, to); }));
        QVERIFY(lands([&](QPoint from, QPoint to) {
            move(*viewport, from);
            QTest::keyPress(viewport.get(), Qt::Key_Space);
            move(*viewport, (from + to) / 2);
            move(*viewport, to);
            QTest::keyRelease(viewport.get(), Qt::Key_Space);
        }));
        const auto still = viewport->cameraState();
        move(*viewport, QPointF(200, 200)); // no longer held
        QCOMPARE(viewport->cameraState(), still);
        viewport->setLeftButton(nullptr);
    }

    void theCameraIsRestoredFromItsText() {
        const auto viewport = shownViewport();
        viewport->setVerticalExaggeration(2);
        drag(*viewport, Qt::RightButton, {320, 260}, {380, 220});
        const auto state = viewport->cameraState();
        const auto image = drawn(*viewport);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        QVERIFY(difference(image, drawn(*viewport)) > 2);
        QVERIFY(viewport->restoreCamera(state));
        settle(*viewport);
        QVERIFY(difference(image, drawn(*viewport)) < 0.01);
        QVERIFY(!viewport->restoreCamera("nonsense"));
    }

    void aPictureHasTheSizeAskedForAndLeavesTheViewAsItWas() {
        const auto viewport = shownViewport();
        viewport->setLayer(
            "expert", {outlineAround(viewport->terrain()->heightGrid.extent().center(), 1500, 60)}, redLine);
        const auto before = drawn(*viewport);
        for (const QSize& size : {QSize(800, 600), QSize(1601, 1001), QSize(300, 700)}) {
            const auto picture = viewport->picture(size);
            QCOMPARE(picture.size(), size);
            QVERIFY(!picture.hasAlphaChannel());
        }
        QVERIFY(difference(before, drawn(*viewport)) < 0.01);
        // The same view, only smoother.
        QVERIFY(difference(before, viewport->picture({640, 480})) < 4);
    }

    void aPictureNeedsNoWindowOnTheScreen() {
        Viewport viewport(builtShaders());
        viewport.resize(640, 480);
        viewport.setTerrain(syntheticTerrain());
        const auto shown = shownViewport();
        const auto picture = viewport.picture({640, 480});
        QCOMPARE(picture.size(), QSize(640, 480));
        QVERIFY(difference(picture, shown->picture({640, 480})) < 0.5);
    }

    void theViewComesBackInAnotherWindow() {
        auto first = std::make_unique<QWidget>();
        auto second = std::make_unique<QWidget>();
        for (auto* window : {first.get(), second.get()}) {
            window->setLayout(new QHBoxLayout(window));
            window->layout()->setContentsMargins(0, 0, 0, 0);
            window->resize(640, 480);
        }
        auto* viewport = new Viewport(builtShaders(), first.get());
        first->layout()->addWidget(viewport);
        viewport->setTerrain(syntheticTerrain());
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        viewport->setLayer("expert", {outlineAround(middle, 1500, 60)}, redLine);
        viewport->addPreviewTile(viewport->terrain()->heightGrid.extent(), Image<float>(1, 8, 8, 0.7F));
        first->show();
        QVERIFY(QTest::qWaitForWindowExposed(first.get()));
        const auto before = drawn(*viewport);
        second->show();
        QVERIFY(QTest::qWaitForWindowExposed(second.get()));
        second->layout()->addWidget(viewport);
        viewport->show();
        QTRY_VERIFY(viewport->isValid());
        QTest::qWait(50);
        QVERIFY(difference(before, drawn(*viewport)) < 0.01);
        first.reset();
        QVERIFY(difference(before, drawn(*viewport)) < 0.01);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(ViewportTest)
#include "viewport_test.moc"
