// SPDX-License-Identifier: GPL-3.0-or-later
// Several scenes in one project: stepping through dates, and two compared in one view.
#include "window_fixture.h"

#include "ui/viewport/scene_comparison.h"

#include <QComboBox>
#include <QSlider>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::ui;
using nunatak::ui::window::MainWindow;
using namespace nunatak::tests;

class WindowDatesTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;
    std::string m_later; ///< id of the second scene

    /// A project with the fixture's scene of 2020 and one of 2022 in which the small glacier is gone.
    std::string twoDates(const char* name) {
        const auto file = m_fixture.makeProject(name);
        const raster::RasterReader before(m_fixture.path("optical.tif"));
        const std::vector<int> bands{1, 2, 3, 4};
        auto pixels = before.readWindow(bands, {0, 0, WindowFixture::columns, WindowFixture::rows},
                                        WindowFixture::columns, WindowFixture::rows);
        for (int band = 0; band < 4; ++band) {
            for (int row = 0; row < WindowFixture::rows; ++row) {
                for (int column = WindowFixture::columns / 2 + 15; column < WindowFixture::columns;
                     ++column) {
                    pixels.at(band, row, column) = 0.15F;
                }
            }
        }
        raster::RasterLayout layout;
        layout.grid = m_fixture.grid();
        layout.bandNames = {"blue", "green", "red", "nir"};
        raster::RasterWriter writer(m_fixture.path("later.tif"), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
        auto later = scene::loadScene(m_fixture.path("scene.json"));
        later.id = m_later = outlines::makeUuid();
        later.name = "valley, later";
        later.date = "2022-08-25";
        later.rasters[0].file = m_fixture.path("later.tif");
        const auto project = project::Project::open(file);
        project->addScene(later);
        project->flush();
        return file;
    }
    std::unique_ptr<MainWindow> opened(const std::string& file) const {
        auto window = m_fixture.openWindow(file);
        // Which of both is looked at first is another test's matter.
        if (window != nullptr) {
            part<QSlider>(window.get(), "dates")->setValue(0);
            const auto* date = part<QLabel>(window.get(), "date");
            if (!QTest::qWaitFor([&] { return date->text() == "2020-08-20" && window->isIdle(); }, 10000)) {
                return nullptr;
            }
        }
        return window;
    }
    static QImage sharp(MainWindow& window) {
        const bool is = QTest::qWaitFor(
            [&] {
                window.viewport()->grabFramebuffer();
                return window.isIdle() && window.viewport()->isSharp();
            },
            20000);
        return is ? window.viewport()->grabFramebuffer() : QImage();
    }
    static bool isIce(const QImage& image, QPoint place) { return image.pixelColor(place).lightness() > 200; }
    bool compare(MainWindow& window, const char* mode) const {
        auto* others = part<QComboBox>(&window, "otherScene");
        const int index = others->findData(QString::fromStdString(m_later));
        others->setCurrentIndex(index);
        Q_EMIT others->activated(index);
        auto* button = part<QToolButton>(&window, mode);
        return QTest::qWaitFor([&] { return button->isVisible(); }) &&
               QTest::qWaitFor([&] { return window.isIdle(); }, 10000) &&
               (QTest::mouseClick(button, Qt::LeftButton), button->isChecked());
    }

private Q_SLOTS:
    void aProjectWithOneSceneHasNoTimeBar() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("one.gpkg"));
        QVERIFY(window);
        QVERIFY(!part<QWidget>(window.get(), "timeBar")->isVisible());
        QVERIFY(closed(*window));
    }

    void datesAreSteppedThroughWithSliderButtonsAndKeys() {
        const auto window = opened(twoDates("steps.gpkg"));
        QVERIFY(window);
        QVERIFY(part<QWidget>(window.get(), "timeBar")->isVisible());
        auto* date = part<QLabel>(window.get(), "date");
        QTRY_COMPARE(date->text(), QString("2020-08-20"));
        QVERIFY(isIce(sharp(*window), placeOf(*window, m_fixture.small())));
        const auto camera = window->viewport()->cameraState();
        QTest::mouseClick(part<QToolButton>(window.get(), "dateAfter"), Qt::LeftButton);
        QTRY_COMPARE(date->text(), QString("2022-08-25"));
        QVERIFY(!isIce(sharp(*window), placeOf(*window, m_fixture.small())));
        QVERIFY(isIce(sharp(*window), placeOf(*window, m_fixture.big())));
        QCOMPARE(window->viewport()->cameraState(), camera); // one place at another time
        QTest::keyClick(window->viewport(), Qt::Key_BracketLeft);
        QTRY_COMPARE(date->text(), QString("2020-08-20"));
        part<QSlider>(window.get(), "dates")->setValue(1);
        QTRY_COMPARE(date->text(), QString("2022-08-25"));
        QTRY_VERIFY(window->isIdle());
        QVERIFY(closed(*window));
    }

    void theOtherSceneLiesToTheRightOfALineThatIsDragged() {
        const auto window = opened(twoDates("swipe.gpkg"));
        QVERIFY(window);
        QVERIFY(compare(*window, "compareSwipe"));
        auto* line = part<QWidget>(window.get(), "swipeLine");
        QTRY_VERIFY(line->isVisible());
        const auto place = placeOf(*window, m_fixture.small());
        QVERIFY(place.x() > window->viewport()->width() / 2);
        QVERIFY(!isIce(sharp(*window), place)); // to its right: the later scene
        picture(*window, "swipe");
        const QPoint grip = line->rect().center();
        drag(line, Qt::LeftButton, grip, grip + QPoint(place.x() + 60 - window->viewport()->width() / 2, 0));
        QVERIFY(isIce(sharp(*window), place)); // to its left: the scene itself
        // Outlines are those of the project on both sides, and where they were.
        QCOMPARE(placeOf(*window, m_fixture.small()), place);
        QTest::keyClick(line, Qt::Key_Left);
        auto* others = part<QComboBox>(window.get(), "otherScene");
        others->setCurrentIndex(0);
        Q_EMIT others->activated(0);
        QTRY_VERIFY(!line->isVisible());
        QVERIFY(isIce(sharp(*window), place));
        QVERIFY(closed(*window));
    }

    void sideBySideShowsOnePlaceTwiceAndBothHalvesTakeTheMouse() {
        const auto window = opened(twoDates("beside.gpkg"));
        QVERIFY(window);
        QVERIFY(compare(*window, "compareSideBySide"));
        window->viewport()->frame(m_fixture.grid().extent(), false);
        const auto image = sharp(*window);
        const auto left = placeOf(*window, m_fixture.small());
        const QPoint right = left + QPoint(window->viewport()->width() / 2, 0);
        QVERIFY(left.x() < window->viewport()->width() / 2);
        QVERIFY(isIce(image, left));
        QVERIFY(!isIce(image, placeOf(*window, m_fixture.rock()))); // and no empty pane
        QVERIFY(!isIce(image, right));
        picture(*window, "side by side");
        const auto there = window->viewport()->pick(right);
        QVERIFY(there &&
                std::hypot(there->map.x - m_fixture.small().x, there->map.y - m_fixture.small().y) < 40);
        QTest::mouseClick(window->viewport(), Qt::LeftButton, {}, right);
        QTRY_COMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Small Glacier"));
        // The ground follows the pointer, also in the right half and beyond its edge.
        drag(window->viewport(), Qt::LeftButton, right + QPoint(0, 90), right + QPoint(-30, 60));
        QVERIFY(std::abs(placeOf(*window, m_fixture.small()).x() - (left.x() - 30)) <= 2);
        QVERIFY(std::abs(placeOf(*window, m_fixture.small()).y() - (left.y() - 30)) <= 2);
        QVERIFY(closed(*window));
    }

    void whatStandsOverTheViewCoversNothingElseThere_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("small") << QSize(1024, 700);
        QTest::newRow("a notebook's") << QSize(1280, 800);
        QTest::newRow("large") << QSize(1920, 1080);
    }
    void whatStandsOverTheViewCoversNothingElseThere() {
        QFETCH(QSize, size);
        const auto window = opened(twoDates(qPrintable(QString("corners %1.gpkg").arg(size.width()))));
        QVERIFY(window);
        window->resize(size);
        QTRY_COMPARE(window->size(), size); // it can be so small
        QVERIFY2(window->minimumSizeHint().width() <= 900,
                 qPrintable(QString::number(window->minimumSizeHint().width())));
        auto* view = window->viewport();
        // All of it at once: legends, two dates compared, an overview, what is edited and what was done.
        window->action("startInventory")->trigger();
        QTRY_VERIFY(window->isIdle() && window->actions().undo->isEnabled());
        view->frame(m_fixture.grid().extent(), false);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(view, Qt::Key_A);
        auto* kinds = part<QComboBox>(window.get(), "pictureKind");
        kinds->setCurrentIndex(kinds->findData("NDWI"));
        Q_EMIT kinds->activated(kinds->currentIndex());
        QVERIFY(compare(*window, "compareSwipe"));
        for (const char* dock : {"historyDock", "sceneDock"}) {
            part<QWidget>(window.get(), dock)->show();
        }
        QTest::keyClick(view, Qt::Key_F);
        QTRY_VERIFY(!view->isFlying());
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(part<QWidget>(window.get(), "toast")->isVisible());
        sharp(*window);
        picture(*window, QString("corners %1").arg(size.width()));
        QList<QWidget*> standing;
        for (auto* child : view->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (child->isVisible() && child->objectName() != "swipeLine") {
                standing << child;
            }
        }
        QVERIFY2(standing.size() >= 5, qPrintable(QString::number(standing.size())));
        for (const auto* one : standing) {
            QVERIFY2(view->rect().contains(one->geometry()), qPrintable(one->objectName()));
            for (const auto* other : standing) {
                QVERIFY2(one == other || !one->geometry().intersects(other->geometry()),
                         qPrintable(one->objectName() + " and " + other->objectName()));
            }
        }
        for (const char* dock : {"historyDock", "sceneDock"}) {
            part<QWidget>(window.get(), dock)->hide(); // the next one finds the window as it was
        }
        QVERIFY(closed(*window));
    }

    void pShowsTheDateBeforeWhileItIsHeld() {
        const auto window = opened(twoDates("before.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_BracketRight);
        auto* date = part<QLabel>(window.get(), "date");
        QTRY_COMPARE(date->text(), QString("2022-08-25"));
        const auto place = placeOf(*window, m_fixture.small());
        QVERIFY(!isIce(sharp(*window), place));
        QTest::keyPress(window->viewport(), Qt::Key_P);
        QTRY_COMPARE(date->text(), QString("2020-08-20")); // it is there, and says so
        QVERIFY(isIce(sharp(*window), place));
        QVERIFY(part<QWidget>(window.get(), "inventoryLine")->isVisible());
        QTest::keyRelease(window->viewport(), Qt::Key_P);
        QCOMPARE(date->text(), QString("2022-08-25"));
        QVERIFY(!isIce(sharp(*window), place));
        // The second time it is at hand.
        QTest::keyPress(window->viewport(), Qt::Key_P);
        QCOMPARE(date->text(), QString("2020-08-20"));
        QTest::keyRelease(window->viewport(), Qt::Key_P);
        // Of two that are compared it is the other one, in the whole view.
        QTest::keyClick(window->viewport(), Qt::Key_BracketLeft);
        QTRY_COMPARE(date->text(), QString("2020-08-20"));
        QVERIFY(compare(*window, "compareSwipe"));
        auto* line = part<QWidget>(window.get(), "swipeLine");
        QTRY_VERIFY(line->isVisible());
        QTest::keyPress(window->viewport(), Qt::Key_P);
        QTRY_VERIFY(!line->isVisible());
        QVERIFY(!isIce(sharp(*window), place));
        QTest::keyRelease(window->viewport(), Qt::Key_P);
        QVERIFY(line->isVisible());
        QVERIFY(closed(*window));
    }

    void flickeringShowsOneAfterTheOther() {
        const auto window = opened(twoDates("flicker.gpkg"));
        QVERIFY(window);
        QVERIFY(compare(*window, "compareFlicker"));
        const auto place = placeOf(*window, m_fixture.small());
        sharp(*window);
        bool before = false;
        bool after = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const bool ice = isIce(window->viewport()->grabFramebuffer(), place);
                before = before || ice;
                after = after || !ice;
                return before && after;
            }(),
            6000);
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowDatesTest)
#include "window_dates_test.moc"
