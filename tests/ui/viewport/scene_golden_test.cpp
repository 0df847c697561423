// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_picture.h"
#include "synthetic_scene.h"
#include "ui/viewport/viewport_probe.h"
#include "viewport_fixture.h"

#include "overlays/file_overlay.h"

// What a user sees of a scene read from files: composites and tints, exaggeration, outlines over the relief,
// two scenes by swipe, confidence over the picture. Tolerances in golden_picture.h.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

constexpr QSize size(480, 360);
const ui::viewport::LayerStyle yellow{QColor(0xff, 0xdd, 0x33), 2, true};

/// The middle of the range from this side.
QString seenFrom(double heading, double tilt, double viewHeight = 9500) {
    const geo::Point middle{SyntheticScene::left + SyntheticScene::metres / 2,
                            SyntheticScene::top - SyntheticScene::metres / 2};
    return cameraText(middle, 2000, viewHeight, heading, tilt);
}

} // namespace

class SceneGoldenTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SyntheticScene> m_scene;

    std::unique_ptr<Viewport> shown(const std::string& style, const QString& camera) const {
        auto viewport = std::make_unique<Viewport>(builtShaders());
        viewport->resize(size);
        QFETCH_GLOBAL(bool, byShader);
        ui::viewport::ViewportProbe(*viewport).paintByShader(byShader);
        viewport->setTerrain(m_scene->terrain(style));
        viewport->restoreCamera(camera);
        viewport->show();
        const bool ready = QTest::qWaitForWindowExposed(viewport.get()) &&
                           QTest::qWaitFor([&] { return viewport->isSharp(); }, 20000);
        return ready ? std::move(viewport) : nullptr;
    }

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<bool>("byShader");
        QTest::newRow("tiles painted by the processor") << false;
        QTest::newRow("tiles painted by OpenGL") << true;
    }
    void initTestCase() { m_scene = std::make_unique<SyntheticScene>(); }

    void bandsAndGroundArePaintedAsTheyWere_data() {
        QTest::addColumn<QString>("style");
        QTest::newRow("natural") << "natural";
        QTest::newRow("infrared") << "infrared";
        QTest::newRow("ice") << "ice";
        QTest::newRow("ndsi") << "NDSI";
        QTest::newRow("hillshade") << "hillshade";
    }
    void bandsAndGroundArePaintedAsTheyWere() {
        QFETCH(QString, style);
        const auto viewport = shown(style.toStdString(), seenFrom(20, 40));
        QVERIFY(viewport);
        compareWithGolden(viewport->picture(size), QString("scene_%1").arg(style.toLower()));
    }

    void anotherCompositeIsPaintedWithoutANewTerrain() {
        // As the window does it: the same tiles, painted anew.
        const auto viewport = shown("natural", seenFrom(20, 40));
        QVERIFY(viewport);
        viewport->setDrapeStyle(m_scene->terrain("ice")->style);
        settle(*viewport);
        compareWithGolden(viewport->picture(size), "scene_ice");
    }

    void heightsAreExaggeratedAsTheyWere_data() {
        QTest::addColumn<double>("factor");
        QTest::newRow("half") << 0.5;
        QTest::newRow("three") << 3.0;
    }
    void heightsAreExaggeratedAsTheyWere() {
        QFETCH(double, factor);
        const auto viewport = shown("natural", seenFrom(20, 62));
        QVERIFY(viewport);
        viewport->setLayer("expert", SyntheticScene::outlines(), yellow);
        viewport->setVerticalExaggeration(factor);
        settle(*viewport);
        compareWithGolden(viewport->picture(size),
                          QString("scene_exaggeration_%1").arg(QTest::currentDataTag()));
    }

    void outlinesLieOverTheReliefAsTheyDid_data() {
        QTest::addColumn<double>("heading");
        QTest::addColumn<double>("tilt");
        QTest::newRow("20") << 30.0 << 20.0;
        QTest::newRow("45") << 200.0 << 45.0;
        QTest::newRow("75") << 320.0 << 75.0;
    }
    void outlinesLieOverTheReliefAsTheyDid() {
        QFETCH(double, heading);
        QFETCH(double, tilt);
        const auto viewport = shown("natural", seenFrom(heading, tilt, 6500));
        QVERIFY(viewport);
        viewport->setLayer("expert", SyntheticScene::outlines(), yellow);
        settle(*viewport);
        compareWithGolden(viewport->picture(size), QString("scene_outlines_%1").arg(QTest::currentDataTag()));
    }

    void anotherSceneBeginsAtTheSwipeLine() {
        const auto viewport = shown("natural", seenFrom(20, 40));
        QVERIFY(viewport);
        // Years later: the glaciers are smaller, the outlines are those of the first date on both sides.
        const SyntheticScene later(0.75);
        viewport->setOther(later.terrain("natural"));
        viewport->setComparison({ui::viewport::SceneComparison::Mode::Swipe, 0.5, false});
        viewport->setLayer("expert", SyntheticScene::outlines(), yellow);
        settle(*viewport);
        compareWithGolden(viewport->picture(size), "scene_swipe");
    }

    void confidenceLiesOverThePictureAsItDid() {
        const auto viewport = shown("natural", seenFrom(20, 40));
        QVERIFY(viewport);
        const auto overlays =
            overlays::overlaysOfFile(m_scene->file("confidence.tif"), std::make_shared<raster::ReaderPool>());
        QCOMPARE(overlays.size(), std::size_t{1});
        auto style = viewport->drapeStyle();
        style.overlay = {.colorMap = "blue-yellow", .low = 0, .high = 1, .opacity = 0.6};
        viewport->setDrapeStyle(style);
        viewport->setOverlay(overlays.front().read);
        settle(*viewport);
        compareWithGolden(viewport->picture(size), "scene_confidence");
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(SceneGoldenTest)
#include "scene_golden_test.moc"
