// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_picture.h"
#include "synthetic_scene.h"
#include "viewport_fixture.h"

#include "overlays/file_overlay.h"
#include "ui/terrain/drape_baker.h"
#include "ui/viewport/viewport_probe.h"

// OpenGL paints the same as the processor: each picture is drawn once with either and compared.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;
using ui::terrain::DrapeStyle;

namespace {

constexpr QSize size(480, 360);

} // namespace

class ShaderPaintingTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SyntheticScene> m_scene;

    std::unique_ptr<Viewport> shown(bool byShader, const std::string& style = "natural") const {
        auto viewport = std::make_unique<Viewport>(builtShaders());
        viewport->resize(size);
        ui::viewport::ViewportProbe(*viewport).paintByShader(byShader);
        viewport->setTerrain(m_scene->terrain(style));
        const geo::Point middle{SyntheticScene::left + SyntheticScene::metres / 2,
                                SyntheticScene::top - SyntheticScene::metres / 2};
        // Straight down and near: no pixel of the tiles is smaller than one of the picture, so that what
        // differs is paint, not how a driver makes smaller copies of a texture.
        viewport->restoreCamera(cameraText(middle, 2000, 5000, 20, 0));
        viewport->show();
        const bool ready = QTest::qWaitForWindowExposed(viewport.get()) &&
                           QTest::qWaitFor([&] { return viewport->isSharp(); }, 20000);
        return ready ? std::move(viewport) : nullptr;
    }

    /// Both painters round alike: a colour may fall one step to either side, nothing more.
    static void compare(Viewport& processor, Viewport& shader, const char* what) {
        settle(processor);
        settle(shader);
        const auto expected = processor.picture(size);
        const auto found = shader.picture(size);
        const auto difference = differenceOf(expected, found);
        int largest = 0;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const QRgb p = expected.pixel(x, y);
                const QRgb q = found.pixel(x, y);
                largest = std::max({largest, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                                    std::abs(qBlue(p) - qBlue(q))});
            }
        }
        const bool same = difference.mean < 0.1 && largest <= 3;
        if (!same) {
            const QDir folder(QStringLiteral(NUNATAK_BUILD_DIRECTORY "/tests"));
            expected.save(folder.filePath(QString("shader_painting_%1_processor.png").arg(what)));
            found.save(folder.filePath(QString("shader_painting_%1_shader.png").arg(what)));
        }
        QVERIFY2(same, qPrintable(QString("%1: mean difference %2 of 255, largest %3; see "
                                          "shader_painting_%1_*.png in the build folder's tests")
                                      .arg(what)
                                      .arg(difference.mean)
                                      .arg(largest)));
    }

private Q_SLOTS:
    void initTestCase() { m_scene = std::make_unique<SyntheticScene>(); }

    void everyStyleOfTheSceneLooksTheSame() {
        const auto processor = shown(false);
        const auto shader = shown(true);
        QVERIFY(processor && shader);
        const auto opened = m_scene->reader();
        const auto styles = ui::terrain::availableStyles(opened->scene());
        QVERIFY(styles.size() >= 8);
        for (const auto& style : styles) {
            processor->setDrapeStyle(style);
            shader->setDrapeStyle(style);
            compare(*processor, *shader, style.composite.name.c_str());
            if (QTest::currentTestFailed()) {
                return;
            }
        }
    }

    void stretchShadingSunAndContoursLookTheSame() {
        const auto processor = shown(false);
        const auto shader = shown(true);
        QVERIFY(processor && shader);
        auto style = processor->drapeStyle();
        const auto both = [&](const char* what) {
            processor->setDrapeStyle(style);
            shader->setDrapeStyle(style);
            compare(*processor, *shader, what);
        };
        style.gamma = 1.8;
        both("gamma");
        style.stretch = ui::terrain::StretchKind::MinMax;
        both("min-max");
        style.shading = 0.7;
        style.sun = {120, 25};
        both("shaded");
        style.multidirectional = true;
        both("all-sides");
        style.contourInterval = 100;
        both("contours");
    }

    void anOverlayWithItsGapsLooksTheSame() {
        const auto processor = shown(false);
        const auto shader = shown(true);
        QVERIFY(processor && shader);
        const auto overlays =
            overlays::overlaysOfFile(m_scene->file("confidence.tif"), std::make_shared<raster::ReaderPool>());
        auto style = processor->drapeStyle();
        style.overlay = {.colorMap = "blue-yellow", .low = 0.4, .high = 1, .opacity = 0.6};
        for (auto* viewport : {processor.get(), shader.get()}) {
            viewport->setDrapeStyle(style);
            viewport->setOverlay(overlays.front().read);
        }
        compare(*processor, *shader, "overlay");
        style.overlay.opacity = 1;
        for (auto* viewport : {processor.get(), shader.get()}) {
            viewport->setDrapeStyle(style);
        }
        compare(*processor, *shader, "opaque-overlay");
        for (auto* viewport : {processor.get(), shader.get()}) {
            viewport->setOverlay(nullptr);
        }
        compare(*processor, *shader, "no-overlay");
    }

    void theOtherSceneLooksTheSame() {
        const auto processor = shown(false);
        const auto shader = shown(true);
        QVERIFY(processor && shader);
        const SyntheticScene later(0.75);
        for (auto* viewport : {processor.get(), shader.get()}) {
            viewport->setOther(later.terrain("natural"));
            viewport->setComparison({ui::viewport::SceneComparison::Mode::Swipe, 0.5, false});
        }
        compare(*processor, *shader, "swipe");
        auto style = processor->drapeStyle();
        style.gamma = 1.5;
        for (auto* viewport : {processor.get(), shader.get()}) {
            viewport->setDrapeStyle(style);
        }
        compare(*processor, *shader, "swipe-gamma");
    }

    void anotherStyleIsThereInTheNextFrame() {
        const auto viewport = shown(true);
        QVERIFY(viewport);
        const auto before = viewport->grabFramebuffer();
        auto style = viewport->drapeStyle();
        style.gamma = 2.2;
        viewport->setDrapeStyle(style);
        // Grabbing draws one frame, and waits for nobody.
        const auto after = viewport->grabFramebuffer();
        const auto processor = shown(false);
        processor->setDrapeStyle(style);
        settle(*processor);
        QVERIFY(differenceOf(before, after).mean > 5);
        QVERIFY(differenceOf(processor->grabFramebuffer(), after).mean < 0.5);
    }

    void theViewIsPaintedAgainInAnotherContext() {
        QWidget other; // outlives the view
        const auto viewport = shown(true);
        QVERIFY(viewport);
        const auto before = drawn(*viewport);
        viewport->hide();
        other.resize(size);
        viewport->setParent(&other); // another top-level window: another context
        viewport->move(0, 0);
        other.show();
        viewport->show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        settle(*viewport);
        const auto after = drawn(*viewport);
        QCOMPARE(after.size(), before.size());
        QVERIFY(differenceOf(before, after).mean < 0.1);
    }

    void thePainterCanBeChangedWhileTheViewIsShown() {
        const auto viewport = shown(true);
        QVERIFY(viewport);
        const auto before = drawn(*viewport);
        ui::viewport::ViewportProbe(*viewport).paintByShader(false);
        const auto after = drawn(*viewport);
        QVERIFY(differenceOf(before, after).mean < 0.1);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(ShaderPaintingTest)
#include "shader_painting_test.moc"
