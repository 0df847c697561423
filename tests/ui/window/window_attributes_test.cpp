// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of glaciers, typed into the inspector; a glacier put back as it was.
#include "editing_words.h"

#include "ui/layers/attribute_form.h"
#include "ui/layers/inspector_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::AttributeValue;

namespace {

template <typename Field> Field* field(ui::window::MainWindow& window, const char* attribute) {
    auto* inspector = window.findChild<ui::layers::InspectorPanel*>();
    return inspector->findChild<Field*>(QStringLiteral("attribute_") + QLatin1String(attribute));
}

QString problem(ui::window::MainWindow& window, const char* attribute) {
    const auto* label = part<QLabel>(&window, qPrintable(QStringLiteral("problem_") + attribute));
    return label != nullptr && label->isVisible() ? label->text() : QString();
}

/// As a hand does it: into the field, all of it anew, Enter.
void type(ui::window::MainWindow& window, const char* attribute, const char* words) {
    auto* line = field<QLineEdit>(window, attribute);
    QVERIFY(line != nullptr);
    QTest::mouseClick(line, Qt::LeftButton);
    line->selectAll();
    QTest::keyClicks(line, QString::fromUtf8(words));
    QTest::keyClick(line, Qt::Key_Return);
}

/// With the keys that a list has.
void choose(ui::window::MainWindow& window, const char* attribute, int steps) {
    auto* box = field<QComboBox>(window, attribute);
    QVERIFY(box != nullptr);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    for (int i = 0; i < steps; ++i) {
        QTest::keyClick(box->view(), Qt::Key_Down);
    }
    QTest::keyClick(box->view(), Qt::Key_Return);
}

outlines::OutlineHandle storedNamed(const std::string& file, const std::string& name) {
    for (const auto& outline : stored(file, "inventory")) {
        if (outline->name == name) {
            return outline;
        }
    }
    return nullptr;
}

void addSmall(ui::window::MainWindow& window, geo::Point place) {
    QTest::mouseClick(window.viewport(), Qt::LeftButton, Qt::ShiftModifier, placeOf(window, place));
}

} // namespace

class WindowAttributesTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    static bool isBroughtIntoView(QWidget* field) {
        for (QWidget* around = field->parentWidget(); around != nullptr; around = around->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(around)) {
                area->ensureWidgetVisible(field);
            }
        }
        return field->visibleRegion().contains(field->rect().center());
    }

private Q_SLOTS:
    void aGlacierIsNamedWhereItsNameStands() {
        const auto file = m_fixture.makeInventory("name.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        // Letters that are keys of tools, and blanks, are letters of a name here.
        type(*window, "glac_name", "Sand Bag Q");
        QTRY_COMPARE(lastStep(*window), "Name of Big Glacier set to Sand Bag Q");
        QCOMPARE(selectedName(*window), "Sand Bag Q");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        const auto steps = part<QListWidget>(window.get(), "history")->count();
        QTest::keyClick(field<QLineEdit>(*window, "glac_name"), Qt::Key_Return); // says nothing new
        QCOMPARE(part<QListWidget>(window.get(), "history")->count(), steps);
        // Esc puts back what there is.
        auto* line = field<QLineEdit>(*window, "glac_name");
        QTest::keyClicks(line, " no");
        QTest::keyClick(line, Qt::Key_Escape);
        QCOMPARE(line->text(), QString("Sand Bag Q"));
        QTest::keyClick(window->viewport(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(selectedName(*window), "Big Glacier");
        QCOMPARE(field<QLineEdit>(*window, "glac_name")->text(), "Big Glacier");
        type(*window, "glac_name", "Khumbu Glacier");
        // Going elsewhere says it, too.
        line = field<QLineEdit>(*window, "local_id");
        QTRY_VERIFY(isBroughtIntoView(line)); // by the panel's scroll bar, as long as it is laid out
        QTest::mouseClick(line, Qt::LeftButton);
        QTRY_VERIFY(line->hasFocus());
        QTest::keyClicks(line, "K-1");
        clickAt(*window, m_fixture.small());
        QVERIFY(closed(*window));
        const auto named = storedNamed(file, "Khumbu Glacier");
        QVERIFY(named);
        QVERIFY(named->attributes.at("local_id") == AttributeValue("K-1"));
        QVERIFY(!named->isChanged); // its line is what it was
    }

    void ofSeveralGlaciersOnlyWhatWasTypedChanges() {
        const auto file = m_fixture.makeInventory("together.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        type(*window, "tags", "calving, seen");
        addSmall(*window, m_fixture.small());
        QCOMPARE(selectedName(*window), "2 glaciers");
        QVERIFY(field<QLineEdit>(*window, "glac_name")->text().isEmpty());
        QCOMPARE(field<QLineEdit>(*window, "glac_name")->placeholderText(), "several values");
        choose(*window, "term_type", 3); // from none: land, marine, lake
        QTRY_COMPARE(lastStep(*window), "Terminus type of 2 glaciers set to lake-terminating");
        QVERIFY(toastButton(*window)->isVisible());
        QCOMPARE(field<QComboBox>(*window, "term_type")->currentText(), "2 · lake-terminating");
        type(*window, "tags", "debris");
        QTRY_COMPARE(lastStep(*window), "Tags of 2 glaciers added: debris");
        picture(*window, "several");
        // An id of one outline is not given to two.
        type(*window, "rgi_id", "RGI2000-v7.0-G-15-00001");
        QVERIFY(problem(*window, "rgi_id").contains("select one glacier"));
        QVERIFY(closed(*window));
        const auto big = storedNamed(file, "Big Glacier");
        const auto small = storedNamed(file, "Small Glacier");
        QVERIFY(big && small);
        QVERIFY(big->attributes.at("term_type") == AttributeValue(2));
        QVERIFY(small->attributes.at("term_type") == AttributeValue(2));
        QVERIFY(big->attributes.at("tags") == AttributeValue("calving, seen, debris"));
        QVERIFY(small->attributes.at("tags") == AttributeValue("debris"));
        QVERIFY(big->attributes.at("rgi_id") != small->attributes.at("rgi_id"));
    }

    void whatIsNoValueIsSaidBesideItsFieldAndStaysThere() {
        const auto file = m_fixture.makeInventory("refused.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto before = lastStep(*window);
        type(*window, "debris_pct", "120");
        QVERIFY(problem(*window, "debris_pct").contains("between 0 and 100 %"));
        QCOMPARE(field<QLineEdit>(*window, "debris_pct")->text(), QString("120"));
        QCOMPARE(lastStep(*window), before);
        picture(*window, "refused");
        type(*window, "debris_pct", "12,5");
        QTRY_COMPARE(lastStep(*window), "Debris share of Big Glacier set to 12.5 %");
        QCOMPARE(problem(*window, "debris_pct"), QString());
        type(*window, "src_date", "08/07/2019");
        QVERIFY(problem(*window, "src_date").contains("two dates"));
        type(*window, "src_date", "1990-07-08"); // of another time than the inventory
        QVERIFY(!problem(*window, "src_date").isEmpty());
        type(*window, "src_date", "8.7.2019");
        QTRY_COMPARE(lastStep(*window), "Source date of Big Glacier set to 2019-07-08");
        clickAt(*window, m_fixture.small()); // the sentence is of the other one
        QCOMPARE(problem(*window, "src_date"), QString());
        QVERIFY(closed(*window));
        QCOMPARE(storedNamed(file, "Big Glacier")->srcDate, std::string("2019-07-08"));
        QVERIFY(storedNamed(file, "Big Glacier")->attributes.at("debris_pct") == AttributeValue(12.5));
    }

    void anAttributeIsAddedFilledInAndRemoved() {
        const auto file = m_fixture.makeInventory("added.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(part<QToolButton>(window.get(), "addAttribute"), Qt::LeftButton);
        auto* dialog = openDialog("addAttributeDialog");
        QVERIFY(dialog != nullptr);
        auto* name = part<QComboBox>(dialog, "attributeName");
        QTest::keyClicks(name, "term_type"); // there already
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok),
                          Qt::LeftButton);
        QVERIFY(openDialog("addAttributeDialog") != nullptr);
        name->lineEdit()->selectAll();
        QTest::keyClicks(name, "ice_temp");
        part<QComboBox>(dialog, "attributeType")->setCurrentText("number");
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok),
                          Qt::LeftButton);
        QTRY_COMPARE(lastStep(*window), "Add the attribute ice_temp to Big Glacier");
        type(*window, "ice_temp", "warm");
        QTRY_VERIFY(problem(*window, "ice_temp").contains("is a number")); // once the row is shown
        type(*window, "ice_temp", "-2.5");
        QTRY_COMPARE(lastStep(*window), "ice_temp of Big Glacier set to -2.5");
        auto* notes = field<QPlainTextEdit>(*window, "notes");
        QTest::mouseClick(notes->viewport(), Qt::LeftButton);
        QTest::keyClicks(notes, "A lake at the front.");
        QTest::keyClick(notes, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(lastStep(*window), "Notes of Big Glacier set to A lake at the front.");
        Q_EMIT window->findChild<ui::layers::InspectorPanel*>()->attributes().removeRequested(
            "ice_temp"); // as the menu of its title does
        QTRY_COMPARE(lastStep(*window), "Remove the attribute ice_temp of Big Glacier");
        QTest::keyClick(window->viewport(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(closed(*window));
        QVERIFY(storedNamed(file, "Big Glacier")->attributes.at("ice_temp") == AttributeValue(-2.5));
    }

    void aReferenceIsShownAndNotFilledIn() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("reference.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(field<QLineEdit>(*window, "glac_name") == nullptr);
        QVERIFY(!part<QToolButton>(window.get(), "addAttribute")->isVisible());
        QVERIFY(window->findChild<ui::layers::InspectorPanel*>()->value("RGI id").startsWith("RGI2000"));
        QVERIFY(!part<QPushButton>(window.get(), "historyRevert")->isEnabled());
    }

    void aGlacierAloneIsPutBackAsItWas() {
        const auto file = m_fixture.makeInventory("revert.gpkg");
        const auto first = storedNamed(file, "Big Glacier");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            clickAt(*window, m_fixture.big());
            dragVertex(*window, m_fixture.eastVertex(), 90);
            QTRY_VERIFY(lastStep(*window).startsWith("Move vertex"));
            type(*window, "glac_name", "Khumbu Glacier");
            clickAt(*window, m_fixture.small());
            QTest::keyClick(window->viewport(), Qt::Key_A);
            QTRY_COMPARE(lastStep(*window), "Accept Small Glacier");
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file); // the history is read from the file
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTRY_VERIFY(part<QPushButton>(window.get(), "historyRevert")->isEnabled());
        part<QAction>(window.get(), "revertGlacier")->trigger();
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        const auto items = itemsOf(*menu);
        QCOMPARE(items.size(), 4); // a heading; the name before; the line before, without and with the name
        QCOMPARE(items[0], "Khumbu Glacier as it was");
        QVERIFY2(items[1].contains("Move vertex") &&
                     items[1].endsWith("ame and attributes"), // cut in its middle
                 qPrintable(items[1]));
        QVERIFY2(items[2].contains("Start the inv"), qPrintable(items[2]));
        // While it is highlighted what would come of it is told.
        QTest::mouseMove(menu, menu->actionGeometry(menu->actions()[3]).center());
        QTRY_VERIFY2(note(*window).contains("km²"), qPrintable(note(*window)));
        picture(*window, "revert");
        QVERIFY(chosen(menu, items[2]));
        QTRY_VERIFY2(lastStep(*window).startsWith("Revert Khumbu Glacier to 20"),
                     qPrintable(lastStep(*window)));
        QVERIFY(toastButton(*window)->isVisible());
        QVERIFY(closed(*window));
        const auto now = storedNamed(file, "Khumbu Glacier");
        QVERIFY(now && now->geometry == first->geometry);
        QVERIFY(!now->isChanged); // nobody has changed that line
        QCOMPARE(now->srcDate, first->srcDate);
        QVERIFY(storedNamed(file, "Small Glacier")->review == outlines::Review::Accepted);
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowAttributesTest)
#include "window_attributes_test.moc"
