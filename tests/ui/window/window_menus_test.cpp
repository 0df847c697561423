// SPDX-License-Identifier: GPL-3.0-or-later
// Where tools are found and what they say: menus of a place, strip, hint and pill, in the real window.
#include "editing_words.h"

#include "ui/layers/inspector_panel.h"

#include <QMenuBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

class WindowMenusTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void aRightClickOpensTheMenuOfWhatIsThere() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("menu.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        // Nothing but ground.
        auto* menu = menuAt(*window, placeOf(*window, m_fixture.rock()));
        QVERIFY(menu != nullptr);
        QCOMPARE(itemsOf(*menu).first(), QString("Fly there"));
        QVERIFY(!itemsOf(*menu).contains("Accept"));
        QVERIFY(chosen(menu, "Fly there"));
        QVERIFY(view->isFlying());
        view->frame(m_fixture.grid().extent(), false);
        view->grabFramebuffer();
        // An outline: selected, named, and what can be done with it.
        menu = menuAt(*window, placeOf(*window, m_fixture.big()));
        QVERIFY(menu != nullptr);
        QCOMPARE(selectedName(*window), "Big Glacier");
        const auto items = itemsOf(*menu);
        QCOMPARE(items.first(), QString("Big Glacier · Inventory 2019"));
        for (const char* item : {"Select Big Glacier · expert", "Fly there", "Accept", "Mark as doubtful",
                                 "Not a glacier", "Delete Big Glacier"}) {
            QVERIFY2(items.contains(item), qPrintable(items.join("; ")));
        }
        QVERIFY(items.filter("Undo").size() == 1);
        QVERIFY(!items.contains("Insert vertex here") && !items.contains("Take this outline"));
        picture(*menu, "menu");
        QVERIFY(chosen(menu, "Accept"));
        QCOMPARE(lastStep(*window), "Accept Big Glacier");
        // The outline beneath, which is a reference.
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.big())), "Select Big Glacier · expert"));
        menu = menuAt(*window, placeOf(*window, m_fixture.big()));
        QCOMPARE(itemsOf(*menu).first(), QString("Big Glacier · expert"));
        QVERIFY(itemsOf(*menu).contains("Take this outline"));
        QVERIFY(!itemsOf(*menu).contains("Accept") && itemsOf(*menu).filter("Delete").isEmpty());
        QTest::keyClick(menu, Qt::Key_Escape);
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QCOMPARE(selectedName(*window), "Big Glacier"); // Escape was the menu's
        // Delete from the menu.
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.small())), "Delete Small Glacier"));
        QCOMPARE(glaciersIn(*window, "inventory"), 1);
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.rock())), "Undo: Delete Small Glacier"));
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void theMenuOnALineInsertsAVertexAndOnAVertexDeletesIt() {
        const auto file = m_fixture.makeInventory("menu_vertex.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto glacier =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel);
        const auto& ring = glacier.geometry[0].outer;
        const geo::Point middle{(ring[2].x + ring[3].x) / 2, (ring[2].y + ring[3].y) / 2};
        auto* menu = menuAt(*window, placeOf(*window, middle));
        QVERIFY(menu != nullptr);
        QVERIFY(chosen(menu, "Insert vertex here"));
        QTRY_COMPARE(lastStep(*window), "Insert vertex into Big Glacier");
        menu = menuAt(*window, placeOf(*window, middle));
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        QVERIFY(chosen(menu, "Delete 1 vertex"));
        QTRY_COMPARE(lastStep(*window), "Remove vertex of Big Glacier");
        QVERIFY(chosen(menuAt(*window, placeOf(*window, ring[0])), "Delete 1 vertex"));
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{15});
    }

    void aRightDragOrbitsAndOpensNoMenu() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("orbit.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        const auto camera = view->cameraState();
        const double before = view->heading();
        const QPoint from = placeOf(*window, m_fixture.big());
        drag(view, Qt::RightButton, from, from + QPoint(60, 30));
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QVERIFY(view->cameraState() != camera);
        QVERIFY(view->heading() != before);
        // The flat map pans.
        QTest::keyClick(window.get(), Qt::Key_M);
        QTRY_VERIFY(!view->isFlying());
        const auto heading = view->heading();
        const auto target = view->camera().target;
        drag(view, Qt::RightButton, from, from + QPoint(60, 30));
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QCOMPARE(view->heading(), heading);
        QVERIFY(view->camera().target.x != target.x);
    }

    void hintAndPillSayWhereTheHandIs() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("hint.gpkg"));
        QVERIFY(window);
        QStringList hints;
        const auto note = [&] { hints << hint(*window); };
        QCOMPARE(subject(*window), "");
        note();
        clickAt(*window, m_fixture.big());
        QCOMPARE(subject(*window), "Big Glacier · Del deletes it");
        note();
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "hint");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        const QPointF at = from + QPoint(12, 6);
        moveHeld(*view, at);
        note();
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "dragging");
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseRelease(view, Qt::LeftButton, {}, from);
        QCOMPARE(hint(*window), hints.at(1));
        QTest::mouseClick(view, Qt::LeftButton, {}, from);
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        note();
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, placeOf(*window, m_fixture.small()));
        QCOMPARE(subject(*window), "2 glaciers · Del deletes them");
        note();
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big()); // the reference beneath
        QCOMPARE(subject(*window), "Big Glacier · locked");
        note();
        hints.removeDuplicates();
        QCOMPARE(hints.size(), 6);
    }

    void fromAfarTheHintSaysThatVerticesAreMovedCloser() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("afar.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.small());
        QTRY_VERIFY(hint(*window).startsWith("Drag the line"));
        auto camera = view->camera();
        camera.viewHeight *= 20;
        QVERIFY(view->restoreCamera(camera.toText()));
        QTRY_VERIFY2(hint(*window).startsWith("Come closer"), qPrintable(hint(*window)));
        camera.viewHeight /= 20;
        QVERIFY(view->restoreCamera(camera.toText()));
        QTRY_VERIFY2(hint(*window).startsWith("Drag the line"), qPrintable(hint(*window)));
    }

    void aMenuIsNotAsWideAsWhatWasDone() {
        const auto file = m_fixture.makeInventory("wide.gpkg");
        const QString name =
            "The very long name of a glacier that somebody has copied out of a gazetteer, with all "
            "the other names that it has in four languages";
        {
            const auto project = project::Project::open(file);
            auto outline = *project->outlines("inventory").all().front();
            const auto before = project->outlines("inventory").find(outline.uuid);
            outline.name = name.toStdString();
            editing::Edit edit;
            edit.description = "Rename";
            edit.changes = {{"inventory", before, outlines::share(std::move(outline))}};
            project->commit(edit, {});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        for (const auto& middle : {m_fixture.big(), m_fixture.small()}) {
            clickAt(*window, middle);
            if (selectedName(*window) == name) {
                break;
            }
        }
        QCOMPARE(selectedName(*window), name);
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QTRY_VERIFY(lastStep(*window).contains("gazetteer"));
        auto* menu = menuAt(*window, placeOf(*window, m_fixture.rock()));
        QVERIFY(menu != nullptr);
        QVERIFY2(menu->width() < 520, qPrintable(QString::number(menu->width())));
        picture(*menu, "wide_menu");
        const auto* undo = window->action("undo");
        QVERIFY(undo->toolTip().contains(name)); // it can be read in full
        QVERIFY(undo->statusTip().contains(name));
        QTest::keyClick(menu, Qt::Key_Escape);
    }

    void theStripIsReadableInBothThemes() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("themes.gpkg"));
        QVERIFY(window);
        const auto strongest = [](const QIcon& icon, QIcon::Mode mode) {
            const auto image = icon.pixmap(QSize(18, 18), mode).toImage();
            int most = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    most = std::max(most, qAlpha(image.pixel(x, y)));
                }
            }
            return most;
        };
        clickAt(*window, m_fixture.big());
        for (const char* theme : {"themeDark", "themeLight"}) {
            window->action(theme)->trigger();
            // What is not possible is pale, each of them.
            for (const auto* button :
                 window->findChild<QWidget*>("toolStrip")->findChildren<QToolButton*>()) {
                QVERIFY2(strongest(button->icon(), QIcon::Normal) > 200, qPrintable(button->text()));
                QVERIFY2(strongest(button->icon(), QIcon::Disabled) < 110, qPrintable(button->text()));
            }
            QTRY_VERIFY(window->viewport()->isSharp());
            auto* strip = part<QWidget>(window.get(), "toolStrip");
            QCOMPARE(strip->width(), 40);
            picture(*window, QString("strip_") + theme);
            for (auto* button : strip->findChildren<QToolButton*>()) {
                const auto words = button->fontMetrics().horizontalAdvance(button->text());
                QVERIFY2(words <= button->width(), qPrintable(button->text()));
                // Something is seen on it.
                const auto image = button->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
                int least = 255;
                int most = 0;
                for (int y = 2; y < image.height() - 2; ++y) {
                    for (int x = 2; x < image.width() - 2; ++x) {
                        const int gray = qGray(image.pixel(x, y));
                        least = std::min(least, gray);
                        most = std::max(most, gray);
                    }
                }
                QVERIFY2(most - least > 60, qPrintable(button->text()));
            }
        }
    }

    void toolsAreInTheStripTheMenuAndAmongTheKeys() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("strip.gpkg"));
        QVERIFY(window);
        auto* strip = part<QWidget>(window.get(), "toolStrip");
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->width(), 40);
        QStringList letters;
        for (const auto* button : strip->findChildren<QToolButton*>()) {
            letters << button->text();
        }
        const QString shift(QChar(0x21e7));
        QCOMPARE(letters, (QStringList{"Q", "S", "B",         shift + "K", "G", "I",         ",",
                                       ".", "C", shift + "M", shift + "E", "E", shift + "B", shift + "V",
                                       "J", "Y", "Del",       "A",         "D", "X",         shift + "A"}));
        const QMenu* tools = nullptr;
        for (const auto* action : window->menuBar()->actions()) {
            if (action->text() == "&Tools") {
                tools = action->menu();
            }
        }
        QVERIFY(tools != nullptr);
        QCOMPARE(tools->actions().size(), 28); // with what can be chosen
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

NUNATAK_WINDOW_TEST_MAIN(WindowMenusTest)
#include "window_menus_test.moc"
