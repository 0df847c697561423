// SPDX-License-Identifier: GPL-3.0-or-later
// Which date a glacier of the inventory is of, in the real window.
#include "inventory_fixture.h"

#include "exchange/outline_files.h"
#include "project/inventory.h"
#include "support/shared_data.h"

#include <QComboBox>
#include <QStatusBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

class InventoryDatesTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

private Q_SLOTS:
    void anEditOnAnotherDatesPictureIsDatedByItAndSaidAndOutOfTheEpochItAsks() {
        const auto file = m_fixture.makeInventory("dates.gpkg");
        m_fixture.addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(m_fixture.showPicture(*window, "2020-08-20"));
        QVERIFY2(!warns(*window), qPrintable(line(*window)));
        QVERIFY(m_fixture.showPicture(*window, "2036-08-20"));
        QVERIFY2(warns(*window), qPrintable(line(*window))); // also while nothing is selected
        clickAt(*window, m_fixture.big());
        QVERIFY2(warns(*window), qPrintable(line(*window)));
        picture(*window, "other_picture");
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        picture(*openDialog(), "outside_epoch");
        QVERIFY(answer("Show the picture of 2020-08-20"));
        QTRY_VERIFY(line(*window).contains("picture 2020-08-20"));
        QVERIFY(!warns(*window));
        QVERIFY(QTest::qWaitFor([&] { return window->isIdle(); }, 10000));
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY2(toast(*window).contains("is of 2020-08-20 now"), qPrintable(toast(*window)));
        // The other way on: an inventory of the picture's own time.
        QVERIFY(m_fixture.showPicture(*window, "2036-08-20"));
        dragVertex(*window, m_fixture.eastVertex(90), 90);
        QVERIFY(openDialog("question"));
        QVERIFY(answer("Start an inventory of this picture's time from Inventory 2019"));
        QTRY_VERIFY(placeInPanel(*window, "inventory_2") >= 0);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QCOMPARE(outline->srcDate, outline->name == "Big Glacier" ? "2020-08-20" : "2019-09-01");
        }
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(project->layer("inventory_2").epoch.year, std::optional(2036));
    }

    void deleteAndVerdictsAskAsDragsDoAndAnInventoryThatIsThereIsOffered() {
        const auto file = m_fixture.makeInventory("decides.gpkg");
        m_fixture.addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(m_fixture.showPicture(*window, "2036-08-20"));
        clickAt(*window, m_fixture.big());
        for (const auto key : {Qt::Key_Delete, Qt::Key_A, Qt::Key_X}) {
            QTest::keyClick(window.get(), key);
            QVERIFY2(question().contains("Decide by a picture of that time"), qPrintable(question()));
            QTest::keyClick(openDialog("question"), Qt::Key_Escape);
            QTRY_VERIFY(!openDialog());
        }
        QCOMPARE(rows(*window)[0].glaciers, 2);
        window->action("emptyInventory")->trigger();
        QTRY_VERIFY(placeInPanel(*window, "inventory_2") >= 0);
        QVERIFY(idle(*window));
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QVERIFY(openDialog("question"));
        QString goOn;
        for (const auto* button : openDialog()->findChildren<QPushButton*>()) {
            QVERIFY(!button->text().contains("Start an inventory"));
            goOn = button->text().startsWith("Go on in") ? button->text() : goOn;
        }
        QVERIFY2(goOn.contains("2036"), qPrintable(goOn));
        QVERIFY(answer(goOn));
        QTRY_VERIFY(!openDialog());
        QCOMPARE(placeInPanel(*window, "inventory_3"), -1);
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "inventory").size(), std::size_t{2});
    }

    void ofTwoPicturesThatAreComparedTheOneUnderTheHandDates() {
        const auto file = m_fixture.makeInventory("compared.gpkg");
        m_fixture.addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(m_fixture.showPicture(*window, "2020-08-20"));
        clickAt(*window, m_fixture.big());
        auto* others = part<QComboBox>(window.get(), "otherScene");
        const int later = others->findText("2036", Qt::MatchContains);
        QVERIFY(later > 0);
        others->setCurrentIndex(later);
        Q_EMIT others->activated(later);
        auto* swipe = part<QToolButton>(window.get(), "compareSwipe");
        QTRY_VERIFY(swipe->isVisible() && window->isIdle());
        QTest::mouseClick(swipe, Qt::LeftButton);
        auto comparison = window->viewport()->comparison();
        QVERIFY(comparison.mode == ui::viewport::SceneComparison::Mode::Swipe);
        comparison.swipe = 0.05; // all but a strip at the left is of 2036
        window->viewport()->setComparison(comparison);
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void besideEachOtherThePictureUnderTheHandDatesAndWordsStandThere() {
        const auto file = m_fixture.makeInventory("beside.gpkg");
        m_fixture.addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(m_fixture.showPicture(*window, "2020-08-20"));
        clickAt(*window, m_fixture.big());
        auto* others = part<QComboBox>(window.get(), "otherScene");
        const int later = others->findText("2036", Qt::MatchContains);
        others->setCurrentIndex(later);
        Q_EMIT others->activated(later);
        auto* beside = part<QToolButton>(window.get(), "compareSideBySide");
        QTRY_VERIFY(beside->isVisible() && window->isIdle());
        QTest::mouseClick(beside, Qt::LeftButton);
        auto* view = window->viewport();
        view->frame(m_fixture.grid().extent(), false);
        view->grabFramebuffer();
        const QPoint pane(view->width() / 2, 0);
        const QPoint from = placeOf(*window, m_fixture.eastVertex()) + pane;
        const QPoint to = placeOf(*window, m_fixture.eastVertex(90)) + pane;
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(6, 0), to}) {
            moveHeld(*view, at);
        }
        const auto* note = part<QLabel>(view, "pointerNote");
        QVERIFY(note->isVisible());
        QVERIFY2(note->geometry().adjusted(-40, -40, 40, 40).contains(to), "beside the hand");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void anEditIsDatedByThePictureThatIsDrawnNotByOneThatCannotBe() {
        const auto file = m_fixture.makeInventory("lost_picture.gpkg");
        {
            const auto project = project::Project::open(file);
            auto scene = scene::loadScene(m_fixture.path("scene.json"));
            scene.id = outlines::makeUuid();
            scene.name = "valley 2019";
            scene.date = "2019-08-20";
            scene.rasters.front().file = m_fixture.path("nowhere.tif");
            project->addScene(scene);
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        window->findChild<QAction*>("previousDate")->trigger();
        QTRY_VERIFY(openDialog("question")); // its raster is gone: later
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QCOMPARE(outline->srcDate, outline->name == "Big Glacier" ? "2020-08-20" : "2019-09-01");
        }
    }

    void outlinesOfThreeDatesBecomeOneInventoryWithoutAGlacierTwice() {
        NUNATAK_NEEDS_SHARED("data/everest/rgi60_outlines.gpkg");
        const auto data = sharedFile("data/everest/rgi60_outlines.gpkg");
        const auto file = m_fixture.path("everest.gpkg");
        const auto crs = geo::Crs::fromUserInput("EPSG:32645");
        {
            auto project = project::Project::create(file, crs);
            project->addScene(scene::loadScene(m_fixture.path("scene.json")));
            auto read = exchange::readOutlines(data, crs);
            project->importOutlines({"rgi", outlines::LayerKind::Expert, {}, {}}, read.outlines);
            project->flush();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        window->action("startInventory")->trigger();
        QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
        QCOMPARE(placeInPanel(*window, "inventory_2"), -1);
        QCOMPARE(rows(*window)[0].glaciers, 86);
        // The same once more brings no glacier in a second time.
        window->action("takeOver")->trigger();
        QVERIFY(idle(*window));
        QTRY_VERIFY(window->statusBar()->currentMessage().contains("nothing that"));
        QCOMPARE(rows(*window)[0].glaciers, 86);
        QVERIFY(closed(*window));
        std::set<std::string> dates;
        for (const auto& outline : stored(file, "inventory")) {
            dates.insert(outline->srcDate);
        }
        QCOMPARE(dates.size(), std::size_t{3});
    }
};

NUNATAK_WINDOW_TEST_MAIN(InventoryDatesTest)
#include "inventory_dates_test.moc"
