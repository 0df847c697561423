// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "project/inventory.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"

#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return 0;
}

QString selectedName(ui::window::MainWindow& window) {
    return part<QLabel>(&window, "glacierName")->text();
}

QString note(ui::window::MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("pointerNote");
    return label->isVisible() ? label->text() : QString();
}

QString lastStep(ui::window::MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

QPushButton* toastButton(ui::window::MainWindow& window) {
    return window.viewport()->findChild<QPushButton*>("toastButton");
}

} // namespace

class WindowEditingTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// A project whose two glaciers are an inventory over the expert's outlines.
    std::string makeInventory(const char* name) const {
        const auto file = m_fixture.makeProject(name);
        const auto project = project::Project::open(file);
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return file;
    }

    geo::Point eastVertex() const {
        return {m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel, m_fixture.big().y};
    }

    std::size_t verticesOf(const std::string& file, const std::string& name) const {
        for (const auto& outline : stored(file, "inventory")) {
            if (outline->name == name) {
                return outline->vertices();
            }
        }
        return 0;
    }

private Q_SLOTS:
    void deleteTakesAGlacierWithoutAVerdictAndTheToastBringsItBack() {
        const auto file = makeInventory("delete.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QCOMPARE(glaciersIn(*window, "inventory"), 2); // nothing is selected
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QCOMPARE(glaciersIn(*window, "expert"), 2);
        QCOMPARE(selectedName(*window), "");
        QCOMPARE(lastStep(*window), "Delete Big Glacier");
        QVERIFY(toastButton(*window)->isVisible());
        picture(*window, "deleted");
        QTest::mouseClick(toastButton(*window), Qt::LeftButton);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QVERIFY(closed(*window));
        const auto left = stored(file, "inventory");
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left[0]->name, std::string("Big Glacier"));
        QVERIFY(left[0]->review == outlines::Review::NotReviewed);
    }

    void notAGlacierStaysAndSaysSo() {
        const auto file = makeInventory("no_glacier.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_X);
        QTRY_COMPARE(lastStep(*window), "Mark Big Glacier as not a glacier");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(toastButton(*window)->isVisible());
        QVERIFY(closed(*window));
        int removed = 0;
        for (const auto& outline : stored(file, "inventory")) {
            removed += outline->review == outlines::Review::Removed ? 1 : 0;
        }
        QCOMPARE(removed, 1);
    }

    void clicksTakeTheInventoryAndThenTheReferenceBeneathWhichIsLocked() {
        const auto window = m_fixture.openWindow(makeInventory("beneath.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_X);
        QTRY_COMPARE(lastStep(*window), "Mark Big Glacier as not a glacier"); // it was the inventory's
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QCOMPARE(note(*window), "A reference is not edited.");
        QCOMPARE(glaciersIn(*window, "expert"), 2);
        picture(*window, "reference");
        // What is offered leads to what can be edited.
        QVERIFY(toastButton(*window)->isVisible());
        QTest::mouseClick(toastButton(*window), Qt::LeftButton);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QCOMPARE(glaciersIn(*window, "expert"), 2);
    }

    void shiftCollectsGlaciersAndOneDeleteTakesThemInOneStep() {
        const auto window = m_fixture.openWindow(makeInventory("several.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, m_fixture.small()));
        picture(*window, "several");
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 0);
        QCOMPARE(lastStep(*window), "Delete 2 glaciers");
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void aBoxTakesVerticesWhichDeleteRemoves() {
        const auto file = makeInventory("box.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const double radius = WindowFixture::bigRadius * WindowFixture::pixel;
        const QPoint from = placeOf(*window, {m_fixture.big().x + 0.6 * radius, m_fixture.big().y + radius});
        const QPoint to = placeOf(*window, {m_fixture.big().x + 1.2 * radius, m_fixture.big().y - radius});
        auto* view = window->viewport();
        QTest::mousePress(view, Qt::LeftButton, Qt::ShiftModifier, from);
        for (int i = 1; i <= 4; ++i) {
            const QPointF at = QPointF(from) + QPointF(to - from) * i / 4;
            QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             Qt::ShiftModifier);
            QApplication::sendEvent(view, &move);
        }
        QCOMPARE(note(*window), "5 vertices");
        QTRY_VERIFY(view->isSharp());
        picture(*window, "box");
        QTest::mouseRelease(view, Qt::LeftButton, Qt::ShiftModifier, to);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(lastStep(*window), "Remove 5 vertices of Big Glacier");
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{11});
    }

    void betweenVerticesADragAndADoubleClickInsertOne() {
        const auto file = makeInventory("insert.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        // The middle of the edge from the east vertex on.
        const auto glacier =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel);
        const auto& ring = glacier.geometry[0].outer;
        const geo::Point middle{(ring[0].x + ring[1].x) / 2, (ring[0].y + ring[1].y) / 2};
        const QPoint place = placeOf(*window, middle);
        drag(window->viewport(), Qt::LeftButton, place, place + QPoint(30, 10));
        QTRY_COMPARE(lastStep(*window), "Insert vertex into Big Glacier");
        const geo::Point other{(ring[4].x + ring[5].x) / 2, (ring[4].y + ring[5].y) / 2};
        const auto camera = window->viewport()->cameraState();
        QTest::mouseDClick(window->viewport(), Qt::LeftButton, {}, placeOf(*window, other));
        QVERIFY(!window->viewport()->isFlying());
        QCOMPARE(window->viewport()->cameraState(), camera);
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{18});
    }

    void aDragThatWouldCrossTheLineIsPutBackAndNothingIsStored() {
        const auto window = m_fixture.openWindow(makeInventory("cross.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto before = lastStep(*window);
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, eastVertex());
        const QPoint to =
            placeOf(*window, {m_fixture.big().x - 1.5 * WindowFixture::bigRadius * WindowFixture::pixel,
                              m_fixture.big().y + 10});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(9, 3), to}) {
            QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(view, &move);
        }
        QCOMPARE(note(*window), "The line would cross itself.");
        picture(*window, "refused");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(lastStep(*window), before);
        QVERIFY(note(*window).isEmpty());
    }

    void anUndoInTheMiddleOfADragEndsIt() {
        const auto window = m_fixture.openWindow(makeInventory("undo.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, eastVertex(), 200);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, {eastVertex().x + 200, eastVertex().y});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(20, 20), view->mapToGlobal(from + QPoint(20, 20)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(view, &move);
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::mouseRelease(view, Qt::LeftButton, {}, from + QPoint(20, 20));
        QTRY_COMPARE(lastStep(*window), "Undo: Move vertex of Big Glacier");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void escapeTakesTheSelectionBackAndQIsHome() {
        const auto window = m_fixture.openWindow(makeInventory("escape_selection.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "Big Glacier");
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        QCOMPARE(selectedName(*window), "");
        QVERIFY(!window->findChild<QAction*>("delete")->isEnabled());
        auto* select = window->findChild<QAction*>("select");
        QVERIFY(select->isEnabled() && select->isChecked());
        QTest::keyClick(window.get(), Qt::Key_Q);
        QVERIFY(select->isChecked());
    }

    void inAProjectForReadingOnlyNothingIsTakenHoldOf() {
        const auto file = makeInventory("read_only.gpkg");
        const auto writer = project::Project::open(file); // holds it
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        writer->close();
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        window->openProject(file);
        if (auto* question =
                QTest::qWaitFor([] { return openDialog() != nullptr; }, 3000) ? openDialog() : nullptr) {
            for (auto* button : question->findChildren<QPushButton*>()) {
                if (button->text().contains("read", Qt::CaseInsensitive)) {
                    QTest::mouseClick(button, Qt::LeftButton);
                    break;
                }
            }
        }
        if (!QTest::qWaitFor([&] { return window->isIdle() && window->viewport()->terrain() != nullptr; },
                             20000)) {
            QSKIP("this user may write everything");
        }
        window->viewport()->setView(ui::viewport::Viewport::View::Nadir);
        window->viewport()->frame(m_fixture.grid().extent(), false);
        window->viewport()->grabFramebuffer();
        if (!window->windowTitle().contains("read-only")) {
            QSKIP("this user may write everything");
        }
        clickAt(*window, m_fixture.big());
        window->findChild<QAction*>("delete")->trigger();
        QCOMPARE(note(*window), "The project is read-only.");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void toolsAreInTheStripTheMenuAndAmongTheKeys() {
        const auto window = m_fixture.openWindow(makeInventory("strip.gpkg"));
        QVERIFY(window);
        auto* strip = part<QWidget>(window.get(), "toolStrip");
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->width(), 40);
        QStringList letters;
        for (const auto* button : strip->findChildren<QToolButton*>()) {
            letters << button->text();
        }
        QCOMPARE(letters, (QStringList{"Q", "Del", "X"}));
        const QMenu* tools = nullptr;
        for (const auto* action : window->menuBar()->actions()) {
            if (action->text() == "&Tools") {
                tools = action->menu();
            }
        }
        QVERIFY(tools != nullptr);
        QCOMPARE(tools->actions().size(), 3);
        QTest::keyClick(window.get(), Qt::Key_F1);
        QTRY_VERIFY(openDialog("shortcutsDialog") != nullptr);
        QStringList words;
        for (const auto* label : openDialog("shortcutsDialog")->findChildren<QLabel*>()) {
            words << label->text();
        }
        for (const auto* action : tools->actions()) {
            QVERIFY2(words.contains(action->statusTip()), qPrintable(action->statusTip()));
        }
        openDialog()->close();
        // Every key of the window is bound once.
        QMultiMap<QString, QString> keys;
        for (const auto* action : window->findChildren<QAction*>()) {
            for (const auto& key : action->shortcuts()) {
                keys.insert(key.toString(), action->objectName());
            }
        }
        for (const auto& key : keys.uniqueKeys()) {
            QVERIFY2(keys.count(key) == 1, qPrintable(key + ": " + keys.values(key).join(' ')));
        }
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowEditingTest)
#include "window_editing_test.moc"
