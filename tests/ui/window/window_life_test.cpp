// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever becomes of the window, its picture stays what it was: on the screen, not only in the view's
// buffer.
#include "window_fixture.h"

#include "ui/viewport/golden_picture.h"

#include <QDockWidget>
#include <QScreen>
#include <QSlider>
#include <QWindow>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;
using nunatak::ui::window::MainWindow;

namespace {

/// What the screen shows where the view is, once it is drawn whole; null where it never is.
QImage onScreen(MainWindow& window) {
    auto* view = window.viewport();
    const bool drawn = QTest::qWaitFor(
        [&] {
            view->update();
            QTest::qWait(20);
            return window.isVisible() && window.isIdle() && view->isValid() && view->isSharp();
        },
        20000);
    if (!drawn) {
        return {};
    }
    QTest::qWait(50); // until the last frame is on the screen
    const QPoint corner = view->mapTo(&window, QPoint());
    return window.screen()
        ->grabWindow(window.winId(), corner.x(), corner.y(), view->width(), view->height())
        .toImage()
        .convertToFormat(QImage::Format_RGB32);
}

/// The same driver draws both, so that only what is really another picture differs.
bool same(const QImage& before, const QImage& after, const QString& what) {
    if (before.isNull() || before.size() != after.size()) {
        qWarning("%s: %dx%d became %dx%d", qPrintable(what), before.width(), before.height(), after.width(),
                 after.height());
        return false;
    }
    const auto found = differenceOf(before, after);
    const Tolerance allowed;
    if (found.mean <= allowed.mean && found.changed <= allowed.changed && found.block <= allowed.block) {
        return true;
    }
    qWarning("%s: mean %.3f, changed %.4f, in one place %.2f", qPrintable(what), found.mean, found.changed,
             found.block);
    before.save(QStringLiteral(NUNATAK_BUILD_DIRECTORY "/tests/life_before.png"));
    after.save(QStringLiteral(NUNATAK_BUILD_DIRECTORY "/tests/life_after.png"));
    return false;
}

/// Neither empty nor of one colour: the ground with its glaciers and outlines.
bool showsTheScene(const QImage& image) {
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 5) {
        for (int x = 0; x < image.width(); x += 5) {
            colors << (image.pixel(x, y) & 0xf0f0f0U);
        }
    }
    return colors.size() > 20;
}

} // namespace

class WindowLifeTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;
    std::string m_file;

    /// From the side, exaggerated, with a glacier selected: more than a fresh view would show by itself.
    std::unique_ptr<MainWindow> opened(const std::string& file) const {
        auto window = m_fixture.openWindow(file);
        if (window != nullptr) {
            part<QSlider>(window.get(), "exaggeration")->setValue(40);
            clickAt(*window, m_fixture.big());
            auto camera = window->viewport()->camera();
            camera.tilt = 52;
            camera.heading = 25;
            camera.viewHeight *= 0.8;
            camera.scaleHeights(1 / window->viewport()->verticalExaggeration());
            window->viewport()->restoreCamera(camera.toText());
            // Tiles as fine as a larger window needs stay for a while in a smaller one: what the tests look
            // at begins with them.
            const QByteArray layout = window->saveState();
            const QSize size = window->size();
            window->resize(1900, 1060);
            onScreen(*window);
            window->resize(size);
            window->restoreState(layout);
        }
        return window;
    }

private Q_SLOTS:
    void init() { m_file = m_fixture.makeProject(QByteArray(QTest::currentTestFunction()).append(".gpkg")); }

    void aWindowThatIsResizedShowsTheSamePlace() {
        const auto window = opened(m_file);
        QVERIFY(window);
        auto* view = window->viewport();
        const QSize size = window->size();
        const auto before = onScreen(*window);
        QVERIFY(showsTheScene(before));
        picture(*window, "life");
        const auto camera = view->cameraState();
        const QByteArray layout = window->saveState();
        const auto middle = [&] { return QRectF(view->rect()).center(); };
        const auto place = view->pick(middle());
        QVERIFY(place);
        for (const QSize& other : {QSize(1900, 1060), QSize(700, 1000), QSize(1, 1), QSize(1399, 467)}) {
            window->resize(other);
            const auto image = onScreen(*window);
            QCOMPARE(image.size(), view->size());
            QVERIFY2(showsTheScene(image),
                     qPrintable(QString("%1x%2").arg(other.width()).arg(other.height())));
            QCOMPARE(view->cameraState(), camera);
            const QPointF away = *view->project(place->map) - middle();
            QVERIFY2(std::hypot(away.x(), away.y()) < 3, qPrintable(QString::number(away.y())));
        }
        window->resize(size);
        window->restoreState(layout); // panels that were squeezed stay narrower, as Qt has it
        QVERIFY(same(before, onScreen(*window), "resized"));
        QVERIFY(closed(*window));
    }

    void panelsThatFloatAndComeBackLeaveThePicture() {
        const auto window = opened(m_file);
        QVERIFY(window);
        for (auto* dock : window->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            // One that is hidden begins as it is shown.
            const bool wasShown = dock->isVisible();
            dock->show();
            dock->raise();
            const auto before = onScreen(*window);
            const QByteArray layout = window->saveState();
            dock->setFloating(true);
            dock->move(20, 20);
            QVERIFY(QTest::qWaitForWindowExposed(dock));
            QVERIFY(dock->isWindow() && dock->isVisible());
            QVERIFY(window->viewport()->isVisible());
            // A panel of its own hides nothing of the view's buffer, whatever lies over it on the screen.
            QVERIFY(QTest::qWaitFor(
                [&] {
                    window->viewport()->grabFramebuffer();
                    return window->viewport()->isSharp();
                },
                10000));
            QVERIFY(showsTheScene(window->viewport()->grabFramebuffer()));
            dock->setFloating(false);
            window->restoreState(layout);
            QVERIFY2(same(before, onScreen(*window), dock->objectName()), qPrintable(dock->objectName()));
            dock->setVisible(wasShown);
        }
        QVERIFY(closed(*window));
    }

    void panelsThatAreClosedGiveTheirRoomToThePictureAndTakeItAgain() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        QList<QDockWidget*> shown;
        for (auto* dock : window->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (!dock->isHidden()) {
                shown << dock;
                dock->toggleViewAction()->trigger();
            }
        }
        const auto alone = onScreen(*window);
        QVERIFY(alone.width() > before.width() + 200 && showsTheScene(alone));
        for (auto* dock : shown) {
            dock->toggleViewAction()->trigger();
        }
        QVERIFY(same(before, onScreen(*window), "closed and opened"));
        QVERIFY(closed(*window));
    }

    void aWindowThatIsMinimisedAndRestoredShowsThePictureAgain() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        // Without a window manager nothing is put away but Qt's own state; the events are the same.
        window->showMinimized();
        QVERIFY(window->isMinimized());
        QTest::qWait(100);
        window->showNormal();
        QVERIFY(!window->isMinimized());
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(same(before, onScreen(*window), "minimised"));
        QVERIFY(closed(*window));
    }

    void aWindowThatIsHiddenAndShownShowsThePictureAgain() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        for (int i = 0; i < 3; ++i) {
            window->hide();
            QTest::qWait(30);
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window.get()));
            QVERIFY(same(before, onScreen(*window), "hidden"));
        }
        QVERIFY(closed(*window));
    }

    void whatChangedWhileTheWindowWasHiddenIsShown() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        window->hide();
        part<QSlider>(window.get(), "exaggeration")->setValue(20);
        window->viewport()->setSelection({});
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(differenceOf(before, onScreen(*window)).mean > 2);
        part<QSlider>(window.get(), "exaggeration")->setValue(40);
        QVERIFY(closed(*window));
    }

    void aWindowThatFillsTheScreenAndReturnsShowsThePictureAgain() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const QRect place = window->geometry();
        const auto before = onScreen(*window);
        window->showFullScreen();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(showsTheScene(onScreen(*window)));
        window->showNormal();
        window->setGeometry(place); // what a window manager does
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(same(before, onScreen(*window), "whole screen"));
        QVERIFY(closed(*window));
    }

    void aWindowThatTheSystemMakesAnewShowsThePictureAgain() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        const auto id = window->winId();
        // Another kind of window takes another native one, and with it another context.
        window->setWindowFlag(Qt::FramelessWindowHint);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(same(before, onScreen(*window), "another kind of window"));
        window->windowHandle()->destroy();
        window->windowHandle()->create();
        window->hide();
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        QVERIFY(window->winId() != id);
        QVERIFY(same(before, onScreen(*window), "native window made anew"));
        QVERIFY(closed(*window));
    }

    void theViewShowsThePictureInAnotherWindowAndBackInItsOwn() {
        const auto window = opened(m_file);
        QVERIFY(window);
        auto* view = window->viewport();
        const auto before = onScreen(*window);
        {
            const QByteArray layout = window->saveState();
            QMainWindow other;
            other.resize(window->centralWidget()->size()); // with the tools beside the view
            other.setCentralWidget(window->takeCentralWidget());
            other.show();
            QVERIFY(QTest::qWaitForWindowExposed(&other));
            QTRY_VERIFY(view->isValid() && view->size() == before.size());
            QVERIFY(QTest::qWaitFor(
                [&] {
                    view->grabFramebuffer();
                    return view->isSharp();
                },
                10000));
            QVERIFY(showsTheScene(view->grabFramebuffer()));
            window->setCentralWidget(other.takeCentralWidget());
            window->centralWidget()->show();
            window->restoreState(layout); // the panels had taken the room
        }
        QVERIFY(same(before, onScreen(*window), "in another window and back"));
        QVERIFY(closed(*window));
    }

    void aProjectThatIsClosedAndOpenedAgainLooksAsItWasLeft() {
        const auto window = opened(m_file);
        QVERIFY(window);
        const auto before = onScreen(*window);
        for (int i = 0; i < 2; ++i) {
            part<QAction>(window.get(), "closeProject")->trigger();
            QTRY_VERIFY(!window->viewport()->isVisible());
            window->openProject(m_file);
            QVERIFY(QTest::qWaitFor(
                [&] { return window->isIdle() && window->viewport()->terrain() != nullptr; }, 20000));
            QVERIFY(same(before, onScreen(*window), "project opened again"));
        }
        QVERIFY(closed(*window));
    }

    void anotherWindowOfTheSameProcessShowsTheSamePicture() {
        QImage before;
        for (int i = 0; i < 3; ++i) {
            const auto window = i == 0 ? opened(m_file) : m_fixture.newWindow();
            QVERIFY(window);
            if (i == 0) {
                before = onScreen(*window);
            } else {
                window->openProject(m_file);
                QVERIFY(QTest::qWaitFor(
                    [&] { return window->isIdle() && window->viewport()->terrain() != nullptr; }, 20000));
                QVERIFY(same(before, onScreen(*window), "another window"));
            }
            QVERIFY(closed(*window));
        }
    }

    void aWindowKeepsItsPictureWhenAnotherOneGoes() {
        const auto window = opened(m_file);
        QVERIFY(window);
        QVERIFY(showsTheScene(onScreen(*window)));
        const auto before = window->viewport()->grabFramebuffer();
        {
            const auto other = opened(m_fixture.makeProject("beside.gpkg"));
            QVERIFY(other);
            QVERIFY(showsTheScene(onScreen(*other)));
            QVERIFY(closed(*other));
        }
        window->raise();
        onScreen(*window);
        QVERIFY(same(before.convertToFormat(QImage::Format_RGB32),
                     window->viewport()->grabFramebuffer().convertToFormat(QImage::Format_RGB32),
                     "beside another window"));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowLifeTest)
#include "window_life_test.moc"
