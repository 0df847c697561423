// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthetic_scene.h"
#include "ui/viewport/viewport_probe.h"
#include "viewport_fixture.h"

#include "overlays/file_overlay.h"

#include <QHBoxLayout>
#include <QOpenGLContext>
#include <QOpenGLFunctions>

// The driver's own opinion: a debug context tells each wrong call, undefined behaviour and what is
// deprecated. A session over all that the view can do must end without a word of it.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::SceneComparison;
using nunatak::ui::viewport::Viewport;

namespace {

QStringList told;

void listen(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type != QtDebugMsg && message.startsWith("OpenGL: ")) {
        told << message;
    }
}

const ui::viewport::LayerStyle red{QColor(255, 0, 0), 3, true};

void send(Viewport& view, QEvent::Type type, QPointF at, Qt::MouseButton button) {
    const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : button;
    QMouseEvent event(type, at, view.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : button, held,
                      {});
    QApplication::sendEvent(&view, &event);
}

/// A drag with a frame for each step, so that frames of a moving camera are drawn too.
void dragged(Viewport& view, Qt::MouseButton button) {
    send(view, QEvent::MouseButtonPress, {200, 150}, button);
    for (int i = 0; i < 8; ++i) {
        send(view, QEvent::MouseMove, {200.0 + 10 * i, 150.0 + 4 * i}, button);
        view.grabFramebuffer();
    }
    send(view, QEvent::MouseButtonRelease, {280, 182}, button);
}

} // namespace

class ViewportGlDebugTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SyntheticScene> m_scene;
    std::unique_ptr<Viewport> m_view;

    std::unique_ptr<Viewport> newView() const {
        QFETCH_GLOBAL(bool, byShader);
        auto view = std::make_unique<Viewport>(builtShaders());
        ui::viewport::ViewportProbe(*view).paintByShader(byShader);
        view->resize(480, 360);
        view->setTerrain(m_scene->terrain("natural"));
        view->setLayer("expert", SyntheticScene::outlines(), red);
        view->show();
        return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
    }

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<bool>("byShader");
        QTest::newRow("tiles painted by the processor") << false;
        QTest::newRow("tiles painted by OpenGL") << true;
    }
    void initTestCase() { m_scene = std::make_unique<SyntheticScene>(); }
    void init() {
        told.clear();
        qInstallMessageHandler(listen);
        m_view = newView();
        QVERIFY(m_view);
        settle(*m_view);
    }
    void cleanup() {
        m_view.reset();
        qInstallMessageHandler(nullptr);
        QVERIFY2(told.isEmpty(), qPrintable(told.join('\n')));
    }

    void aWrongCallIsTold() {
        m_view->makeCurrent();
        if (!m_view->context()->hasExtension("GL_KHR_debug")) {
            QSKIP("This driver has no GL_KHR_debug.");
        }
        m_view->context()->functions()->glEnable(GL_TEXTURE_WRAP_S); // no capability
        m_view->context()->functions()->glGetError();
        m_view->doneCurrent();
        QCOMPARE(told.size(), 1);
        QVERIFY2(told.first().contains("glEnable"), qPrintable(told.first()));
        told.clear();
    }

    void everyStyleAndOverlay() {
        for (const auto& style : ui::terrain::availableStyles(m_scene->reader()->scene())) {
            m_view->setDrapeStyle(style);
            settle(*m_view);
        }
        auto style = m_scene->terrain("natural")->style;
        style.overlay = {.colorMap = "blue-yellow", .low = 0, .high = 1, .opacity = 0.6};
        style.contourInterval = 100;
        style.shading = 0.5;
        m_view->setDrapeStyle(style);
        m_view->setOverlay(
            overlays::overlaysOfFile(m_scene->file("confidence.tif"), std::make_shared<raster::ReaderPool>())
                .front()
                .read);
        settle(*m_view);
        m_view->setOverlay({});
        settle(*m_view);
    }

    void twoScenes() {
        const SyntheticScene later(0.7);
        m_view->setOther(later.terrain("natural"));
        using Mode = SceneComparison::Mode;
        for (const auto& comparison :
             {SceneComparison{Mode::Swipe, 0.3, false}, SceneComparison{Mode::Swipe, 1, false},
              SceneComparison{Mode::Flicker, 0.5, false}, SceneComparison{Mode::Flicker, 0.5, true},
              SceneComparison{Mode::SideBySide, 0.5, false}, SceneComparison{}}) {
            m_view->setComparison(comparison);
            settle(*m_view);
            dragged(*m_view, Qt::RightButton);
            QVERIFY(!m_view->picture({300, 200}).isNull());
        }
        m_view->setOther(nullptr);
        settle(*m_view);
    }

    void outlinesThatAreSelectedEditedHiddenAndRemoved() {
        m_view->setSelection({outlines::OutlineRef{"expert", "west"}});
        m_view->setHoveredVertex(geo::VertexId{0, 0, 7});
        settle(*m_view);
        for (const double radius : {500.0, 900.0, 1300.0}) {
            const auto live =
                outlineAround(m_view->terrain()->heightGrid.extent().center(), radius, 80, "west");
            m_view->setLiveOutlines("expert", {{live->uuid, live}});
            settle(*m_view);
        }
        m_view->setLiveOutlines("expert", {});
        auto hidden = red;
        hidden.visible = false;
        m_view->setLayerStyle("expert", hidden);
        settle(*m_view);
        m_view->setLayer("empty", {}, red);
        settle(*m_view);
        m_view->removeLayer("expert");
        settle(*m_view);
    }

    void aCameraThatMovesFliesAndLiesFlat() {
        dragged(*m_view, Qt::LeftButton);
        dragged(*m_view, Qt::MiddleButton);
        for (const double factor : {0.5, 5.0, 1.0}) {
            m_view->setVerticalExaggeration(factor);
            settle(*m_view);
        }
        m_view->setView(Viewport::View::Nadir);
        settle(*m_view);
        m_view->setView(Viewport::View::Oblique);
        settle(*m_view);
        m_view->setFlatMap(true);
        settle(*m_view);
        m_view->setFlatMap(false);
        m_view->restoreCamera(cameraText(m_view->terrain()->heightGrid.extent().center(), 2500, 150, 10, 80));
        settle(*m_view);
    }

    void aPredictionThatIsUnderWay() {
        const auto extent = m_view->terrain()->heightGrid.extent();
        m_view->addPreviewTile({extent.xmin, extent.ymin, extent.center().x, extent.center().y},
                               Image<float>(1, 33, 17, 0.8F));
        settle(*m_view);
        m_view->addPreviewTile(extent, Image<float>(1, 64, 64, 0.3F));
        settle(*m_view);
        m_view->clearPreview();
        settle(*m_view);
    }

    void picturesSizesAndAnotherTerrain() {
        QVERIFY(!m_view->picture({3840, 2160}).isNull());
        QVERIFY(!m_view->groundPicture(m_view->cameraFor(QSizeF(500, 700)), {500, 700}).isNull());
        for (const QSize& size : {QSize(160, 120), QSize(1279, 803), QSize(301, 900), QSize(480, 360)}) {
            m_view->resize(size);
            settle(*m_view);
        }
        m_view->setTerrain(nullptr);
        m_view->grabFramebuffer();
        m_view->setTerrain(syntheticTerrain());
        settle(*m_view);
    }

    void aContextThatGoesAndComesAgain() {
        auto first = std::make_unique<QWidget>();
        auto second = std::make_unique<QWidget>();
        for (auto* window : {first.get(), second.get()}) {
            window->setLayout(new QHBoxLayout(window));
            window->resize(480, 360);
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
        }
        auto* view = m_view.release();
        view->setSelection({outlines::OutlineRef{"expert", "west"}});
        for (auto* window : {first.get(), second.get(), first.get()}) {
            window->layout()->addWidget(view);
            view->show();
            QTRY_VERIFY(view->isValid());
            settle(*view);
        }
        first.reset(); // and the view with it
    }
};

int main(int argc, char** argv) {
    qputenv("NUNATAK_GL_DEBUG", "1");
    qputenv("MESA_DEBUG", "context"); // Mesa then also tells what else it would keep to itself
    nunatak::ui::viewport::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    ViewportGlDebugTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "viewport_gl_debug_test.moc"
