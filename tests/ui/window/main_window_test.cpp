// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QMenu>
#include <QShortcut>
#include <QSignalSpy>
#include <QSlider>
#include <QStatusBar>
#include <QToolButton>
#include <QTreeWidget>

#include <utility>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

ui::layers::LayerRow rowOf(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row;
        }
    }
    return {};
}

QString inspected(ui::window::MainWindow& window, const char* label) {
    return window.findChild<ui::layers::InspectorPanel*>()->value(QString::fromUtf8(label));
}

QString selectedName(ui::window::MainWindow& window) {
    return part<QLabel>(&window, "glacierName")->text();
}

/// The first vertex of Big Glacier's outline: east of its middle.
geo::Point eastVertex(const WindowFixture& fixture) {
    return {fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel, fixture.big().y};
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void withoutAProjectTheWindowOffersWaysToGetOne() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QVERIFY(part<QWidget>(window.get(), "welcomeOpen")->isVisible());
        QVERIFY(!window->viewport()->isVisible());
        QVERIFY(!window->action("predict")->isEnabled());
        QVERIFY(!window->action("exportOutlines")->isEnabled());
        QVERIFY(window->actions().openProject->isEnabled());
    }

    void openingShowsTheSceneItsLayersAndThatAllIsSaved() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("open.gpkg"));
        QVERIFY(window);
        QVERIFY(window->viewport()->isVisible());
        QVERIFY(window->windowTitle().startsWith("open"));
        const auto expert = rowOf(*window, "expert");
        QCOMPARE(expert.glaciers, 2);
        QVERIFY(expert.visible);
        QCOMPARE(part<QLabel>(window.get(), "saving")->text(), "All changes saved");
        QVERIFY(part<QLabel>(window.get(), "scale")->text().startsWith("1:"));
        // What was opened is the first of the recent projects from now on.
        const QSettings settings(m_fixture.qpath("settings.ini"), QSettings::IniFormat);
        QCOMPARE(settings.value("recentProjects").toStringList().first(), m_fixture.qpath("open.gpkg"));
    }

    void whatIsNoProjectGivesOneDialogThatNamesTheFile() {
        QFile file(m_fixture.qpath("novel.gpkg"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("It was a dark and stormy night.");
        file.close();
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QSignalSpy failed(window.get(), &ui::window::MainWindow::openingFailed);
        window->openProject(m_fixture.path("novel.gpkg"));
        QTRY_VERIFY(openDialog("problem"));
        QCOMPARE(failed.count(), 1);
        auto* box = qobject_cast<QMessageBox*>(openDialog("problem"));
        QVERIFY2(box->text().contains("novel.gpkg"), qPrintable(box->text()));
        QVERIFY(box->text().endsWith('.'));
        QTest::keyClick(box, Qt::Key_Return);
        QTRY_VERIFY(!openDialog());
        QVERIFY(part<QWidget>(window.get(), "welcomeOpen")->isVisible());
    }

    void aSceneWhoseFilesAreGoneIsToldAndTheOutlinesStay() {
        const auto file = m_fixture.makeProject("lost.gpkg");
        const QString optical = m_fixture.qpath("optical.tif");
        const QTemporaryDir away; // beside the project it would be found under any name
        QVERIFY(QFile::rename(optical, away.filePath("optical.tif")));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY(openDialog("question")); // whether to look for them
        const auto sentence = qobject_cast<QMessageBox*>(openDialog("question"))->informativeText();
        QVERIFY(QFile::rename(away.filePath("optical.tif"), optical));
        QVERIFY2(sentence.contains("optical.tif"), qPrintable(sentence));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
        QCOMPARE(rowOf(*window, "expert").glaciers, 2);
    }

    void noKeyIsBoundTwice() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("keys.gpkg"));
        QVERIFY(window);
        std::vector<std::pair<QKeySequence, QString>> bound;
        for (const auto* action : window->findChildren<QAction*>()) {
            for (const auto& keys : action->shortcuts()) {
                bound.emplace_back(keys, action->objectName());
            }
        }
        for (const auto* shortcut : window->findChildren<QShortcut*>()) {
            bound.emplace_back(shortcut->key(), shortcut->objectName());
        }
        QVERIFY(bound.size() > 30);
        for (std::size_t i = 0; i < bound.size(); ++i) {
            const auto& [keys, name] = bound[i];
            for (std::size_t j = 0; j < bound.size(); ++j) {
                // Ctrl+T would hide what begins with it, too.
                QVERIFY2(i == j || keys.matches(bound[j].first) == QKeySequence::NoMatch,
                         qPrintable(keys.toString() + ": " + name + ", " + bound[j].second));
            }
            if (keys.count() == 1) {
                QKeyEvent press(QEvent::KeyPress, keys[0].key(), keys[0].keyboardModifiers());
                // Not sent: in an active window that would be the shortcut.
                static_cast<QObject*>(window->viewport())->event(&press);
                QVERIFY2(!press.isAccepted(), qPrintable(keys.toString() + ": " + name + ", the view"));
            }
        }
    }

    void thePointerTellsPlaceAndElevation() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("place.gpkg"));
        QVERIFY(window);
        QTest::mouseMove(window->viewport(), placeOf(*window, m_fixture.big()));
        QTRY_VERIFY(!part<QLabel>(window.get(), "mapCoordinates")->text().isEmpty());
        const auto map = part<QLabel>(window.get(), "mapCoordinates")->text().remove(',');
        const auto numbers = QRegularExpression("E (\\d+)\\s+N (\\d+)").match(map);
        QVERIFY2(numbers.hasMatch(), qPrintable(map));
        QVERIFY(std::abs(numbers.captured(1).toDouble() - m_fixture.big().x) < 60);
        QVERIFY(std::abs(numbers.captured(2).toDouble() - m_fixture.big().y) < 60);
        QVERIFY(part<QLabel>(window.get(), "degrees")->text().contains("N"));
        const auto elevation = part<QLabel>(window.get(), "elevation")->text();
        QVERIFY2(elevation.endsWith(" m"), qPrintable(elevation));
        const double metres = QLocale().toDouble(elevation.chopped(2));
        QVERIFY(metres > 3400 && metres < 4600);
    }

    void theRightButtonOrbitsAndNLooksStraightDown() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("orbit.gpkg"));
        QVERIFY(window);
        const auto nadir = window->viewport()->cameraState();
        const QPoint middle = window->viewport()->rect().center();
        drag(window->viewport(), Qt::RightButton, middle, middle + QPoint(80, -120));
        QVERIFY(window->viewport()->cameraState() != nadir);
        const auto before = window->viewport()->project(m_fixture.small());
        QTest::keyClick(window.get(), Qt::Key_N);
        QTRY_VERIFY(window->viewport()->project(m_fixture.small()) != before);
    }

    void aClickSelectsTheGlacierAndShowsWhatIsKnownOfIt() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("select.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "Big Glacier");
        QCOMPARE(inspected(*window, "Source date"), "2019-09-01");
        QCOMPARE(inspected(*window, "rgi_id"), "RGI2000-v7.0-G-15-011");
        // A regular polygon of 16 corners, 26 pixels of 30 m in radius: 1.863 km² on the map.
        const double area = QLocale().toDouble(inspected(*window, "Area").split(' ').first());
        QVERIFY2(std::abs(area - 1.863) < 0.01, qPrintable(inspected(*window, "Area")));
        clickAt(*window, m_fixture.small());
        QCOMPARE(selectedName(*window), "Small Glacier");
        clickAt(*window, m_fixture.rock());
        QCOMPARE(selectedName(*window), "");
        QVERIFY(!window->actions().zoomToSelection->isEnabled());
    }

    void aHiddenLayerIsNotSelected() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("hidden.gpkg"));
        QVERIFY(window);
        auto* tree = part<QTreeWidget>(window.get(), "layers");
        tree->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "");
    }

    void aReferenceOffersAnInventoryWhoseVertexIsDraggedAndUndoPutsItBack() {
        const auto file = m_fixture.makeProject("drag.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto uuid = inspected(*window, "UUID");
        const geo::Point vertex = eastVertex(m_fixture);
        dragVertex(*window, vertex, 240);

        QCOMPARE(rowOf(*window, "inventory").glaciers, 2);
        QCOMPARE(rowOf(*window, "expert").glaciers, 2);
        QCOMPARE(inspected(*window, "UUID"), uuid);
        const auto changed = inspected(*window, "Area");
        QVERIFY(QLocale().toDouble(changed.split(' ').first()) > 1.92);
        QCOMPARE(part<QListWidget>(window.get(), "history")->item(0)->text(), "Move vertex of Big Glacier");

        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(inspected(*window, "Area") != changed);
        QCOMPARE(rowOf(*window, "inventory").glaciers, 2);
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(!window->actions().undo->text().contains("vertex"));

        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(inspected(*window, "Area"), changed);

        QVERIFY(closed(*window));
        const auto kept = stored(file, "inventory");
        QCOMPARE(kept.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(kept.front()->uuid), uuid);
        QCOMPARE(kept.front()->srcDate, std::string("2020-08-20")); // the picture's
        QCOMPARE(kept.back()->srcDate, std::string("2019-09-01"));
        const auto moved = kept.front()->geometry.front().outer;
        const auto east = std::max_element(moved.begin(), moved.end(),
                                           [](const auto& a, const auto& b) { return a.x < b.x; });
        QVERIFY(std::abs(east->x - (vertex.x + 240)) < 40);
        QCOMPARE(stored(file, "expert").size(), std::size_t(2));
    }

    void whatWasDoneBeforeOpeningCanBeTakenBackAndDoneAgain() {
        const auto file = m_fixture.makeProject("earlier.gpkg"); // its one step is the import
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(answer("Take it back"));
        QTRY_COMPARE(rowOf(*window, "expert").glaciers, 0);
        QVERIFY(!window->actions().undo->isEnabled());
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(rowOf(*window, "expert").glaciers, 2);
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "expert").size(), std::size_t(2));
    }

    void escapePutsADraggedVertexBack() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("escape.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const geo::Point vertex = eastVertex(m_fixture);
        const QPoint from = placeOf(*window, vertex);
        QTest::mousePress(window->viewport(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i) {
            const QPointF at = from + QPoint(10 * i, 0);
            moveHeld(*window->viewport(), at);
        }
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        QTest::mouseRelease(window->viewport(), Qt::LeftButton, {}, from + QPoint(40, 0));
        QCOMPARE(rowOf(*window, "inventory").glaciers, 0);
        QVERIFY(!window->actions().undo->text().contains("vertex"));
    }

    void theTopmostVisibleLayerIsSelectedFirst() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("topmost.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const geo::Point vertex = eastVertex(m_fixture);
        dragVertex(*window, vertex, 200);
        auto* tree = part<QTreeWidget>(window.get(), "layers");
        QCOMPARE(tree->topLevelItem(0)->text(0), "Inventory 2019");
        clickAt(*window, m_fixture.rock());
        clickAt(*window, m_fixture.big());
        const auto ofInventory = inspected(*window, "Area");
        tree->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        clickAt(*window, m_fixture.rock());
        clickAt(*window, m_fixture.big());
        QVERIFY(inspected(*window, "Area") != ofInventory);
    }

    void reopeningFindsEverythingAsItWas() {
        const auto file = m_fixture.makeProject("again.gpkg");
        QString camera;
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            clickAt(*window, m_fixture.small());
            const QPoint middle = window->viewport()->rect().center();
            drag(window->viewport(), Qt::RightButton, middle, middle + QPoint(60, -90));
            part<QSlider>(window.get(), "exaggeration")->setValue(40);
            part<QTreeWidget>(window.get(), "layers")->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
            auto* composites = part<QToolButton>(window.get(), "composite")->menu();
            for (auto* action : composites->actions()) {
                if (action->data().toString() == "infrared") {
                    action->trigger();
                }
            }
            QTRY_VERIFY(window->isIdle());
            QCOMPARE(window->viewport()->drapeStyle().composite.name, std::string("infrared"));
            camera = window->viewport()->cameraState();
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        QCOMPARE(window->viewport()->cameraState(), camera);
        QCOMPARE(window->viewport()->verticalExaggeration(), 2.0);
        QCOMPARE(part<QSlider>(window.get(), "exaggeration")->value(), 40);
        QVERIFY(!rowOf(*window, "expert").visible);
        QCOMPARE(window->viewport()->drapeStyle().composite.name, std::string("infrared"));
        QCOMPARE(selectedName(*window), "Small Glacier");
    }

    void aCleanCloseLeavesOneFile() {
        const auto file = m_fixture.makeProject("one.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(closed(*window));
        QVERIFY(QFile::exists(QString::fromStdString(file)));
        QVERIFY(!QFile::exists(QString::fromStdString(file + "-wal")));
        QVERIFY(!QFile::exists(QString::fromStdString(file + "-shm")));
    }

    void openingAnotherProjectClosesTheFirst() {
        const auto first = m_fixture.makeProject("first.gpkg");
        const auto second = m_fixture.makeProject("second.gpkg");
        const auto window = m_fixture.openWindow(first);
        QVERIFY(window);
        window->openProject(second);
        QTRY_VERIFY(window->windowTitle().startsWith("second"));
        QTRY_VERIFY(window->isIdle());
        // Its lock is free again.
        QVERIFY(project::Project::open(first) != nullptr);
    }

    void aSecondProjectIsLookedAtAfreshAndNotAsTheFirstOneWas() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        auto* viewport = window->viewport();
        window->openProject(m_fixture.makeProject("turned.gpkg"));
        QTRY_VERIFY(window->isIdle() && viewport->terrain() != nullptr);
        const auto usual = viewport->camera();
        // The right button turns and tilts.
        const QPoint middle = viewport->rect().center();
        QTest::mousePress(viewport, Qt::RightButton, {}, middle);
        for (int step = 1; step <= 10; ++step) {
            QTest::mouseMove(viewport, middle + QPoint(12 * step, 4 * step));
        }
        QTest::mouseRelease(viewport, Qt::RightButton, {}, middle + QPoint(120, 40));
        QVERIFY(std::abs(viewport->camera().heading - usual.heading) > 10);
        const auto left = viewport->camera();
        window->openProject(m_fixture.makeProject("fresh.gpkg"));
        QTRY_VERIFY(window->windowTitle().startsWith("fresh"));
        QTRY_VERIFY(window->isIdle() && viewport->terrain() != nullptr);
        QCOMPARE(viewport->camera().heading, usual.heading);
        QCOMPARE(viewport->camera().tilt, usual.tilt);
        // The first one still knows how it was left.
        window->openProject(m_fixture.path("turned.gpkg"));
        QTRY_VERIFY(window->windowTitle().startsWith("turned"));
        QTRY_VERIFY(window->isIdle() && viewport->terrain() != nullptr);
        QTRY_VERIFY(std::abs(viewport->camera().heading - left.heading) < 0.1);
    }

    void everyActionSaysWhatItDoes() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QStringList keys;
        for (const auto* action : window->findChildren<QAction*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (action->objectName().isEmpty()) {
                continue;
            }
            QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->objectName()));
            QVERIFY2(!action->icon().isNull(), qPrintable(action->objectName()));
            if (!action->shortcut().isEmpty()) {
                QVERIFY2(!keys.contains(action->shortcut().toString()), qPrintable(action->objectName()));
                keys << action->shortcut().toString();
            }
        }
        QVERIFY(keys.size() > 15);
    }
};

NUNATAK_WINDOW_TEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
