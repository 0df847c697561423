// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "exchange/outline_files.h"
#include "ui/exchange/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>
#include <QTreeWidget>

#include <fstream>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// Squares in EPSG:32645 as GeoJSON, whose properties are given as JSON.
std::string squares(const std::vector<std::pair<geo::Point, std::string>>& features) {
    std::string text = R"({"type":"FeatureCollection","crs":{"type":"name","properties":)"
                       R"({"name":"urn:ogc:def:crs:EPSG::32645"}},"features":[)";
    for (std::size_t i = 0; i < features.size(); ++i) {
        const auto& [middle, properties] = features[i];
        text += i == 0 ? "" : ",";
        text += R"({"type":"Feature","properties":)" + properties +
                R"(,"geometry":{"type":"Polygon","coordinates":[[)";
        for (const auto& [x, y] :
             {std::pair{-100, -100}, {100, -100}, {100, 100}, {-100, 100}, {-100, -100}}) {
            text += "[" + std::to_string(middle.x + x) + "," + std::to_string(middle.y + y) + "],";
        }
        text.pop_back();
        text += "]]}}";
    }
    return text + "]}";
}

void type(QWidget* dialog, const char* field, const QString& text) {
    auto* line = dialog->findChild<QWidget*>(QString::fromUtf8(field))->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

QPushButton* importButton(QWidget* dialog) {
    return dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

} // namespace

/// Importing with a look at the file first.
class WindowImportTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    ui::exchange::ImportDialog* dialogFor(ui::window::MainWindow& window, const char* file) const {
        QTest::keyClick(&window, Qt::Key_I, Qt::ControlModifier);
        if (!QTest::qWaitFor([&] { return window.findChild<ui::exchange::ImportDialog*>() != nullptr; })) {
            return nullptr;
        }
        auto* dialog = window.findChild<ui::exchange::ImportDialog*>();
        type(dialog, "importFile", m_fixture.qpath(file));
        return dialog;
    }

    static QString summaryOf(QDialog* dialog) { return part<QLabel>(dialog, "importSummary")->text(); }

    static void choose(QDialog* dialog, const char* box, const QString& words) {
        auto* combo = dialog->findChild<QComboBox*>(QString::fromUtf8(box));
        QVERIFY(combo != nullptr);
        combo->setCurrentIndex(combo->findText(words));
        Q_EMIT combo->activated(combo->currentIndex()); // as a hand does
    }

private Q_SLOTS:
    void whatAFileWouldGiveIsShownAndItsColumnsCanBeMapped() {
        std::ofstream(m_fixture.path("national.geojson"))
            << squares({{m_fixture.big(), R"({"Bezeichnung":"Gurgler","Aufnahme":"05/08/2003","Nr":7})"},
                        {m_fixture.small(), R"({"Bezeichnung":"Rotmoos","Aufnahme":"06/08/2003","Nr":8})"},
                        {{m_fixture.big().x + 90000, m_fixture.big().y}, R"({"Bezeichnung":"far","Nr":9})"}});
        const auto window = m_fixture.openWindow(m_fixture.makeProject("mapped.gpkg"));
        QVERIFY(window);
        auto* dialog = dialogFor(*window, "national.geojson");
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("come in: 3"), 20000);
        QVERIFY2(summaryOf(dialog).contains("scenes: 2"), qPrintable(summaryOf(dialog)));
        QCOMPARE(dialog->findChild<QTreeWidget*>("importSourceLayers")->topLevelItemCount(), 1);
        QCOMPARE(dialog->findChild<QTableWidget*>("importColumns")->rowCount(), 3);
        choose(dialog, "role_Bezeichnung", "name");
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<QComboBox*>("role_Bezeichnung")->currentText(),
                                  QString("name"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("come in: 3"), 20000);
        choose(dialog, "role_Aufnahme", "date");
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QComboBox*>("order_Aufnahme") != nullptr, 20000);
        choose(dialog, "order_Aufnahme", "day first");
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("come in: 3"), 20000);
        auto* layer = dialog->findChild<QComboBox*>("importLayer");
        layer->lineEdit()->selectAll();
        QTest::keyClicks(layer->lineEdit(), "survey");
        QTest::mouseClick(importButton(dialog), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            window->isIdle() && window->findChild<ui::exchange::ImportDialog*>() == nullptr, 20000);
        QTRY_VERIFY(openDialog("note")); // how many lie elsewhere
        QTest::keyClick(openDialog("note"), Qt::Key_Return);
        QVERIFY(closed(*window));
        const auto project = project::Project::open(m_fixture.path("mapped.gpkg"), project::Access::ReadOnly);
        const auto outlines = project->outlines("survey").all();
        QCOMPARE(outlines.size(), std::size_t(3));
        QCOMPARE(outlines[0]->name, std::string("Gurgler"));
        QCOMPARE(outlines[0]->srcDate, std::string("2003-08-05"));
        QCOMPARE(*outlines[0]->attributes.at("Nr").integer(), std::int64_t(7));
        QVERIFY(project->layer("survey").sceneId.empty()); // drawn by somebody, not on the scene that is seen
    }

    void glaciersThatAreThereAlreadyAreAskedForBeforeTheyAreThereTwice_data() {
        QTest::addColumn<QByteArray>("choice");
        QTest::addColumn<int>("inExpert");
        QTest::newRow("a layer of their own") << QByteArray("importOwnLayer") << 2;
        QTest::newRow("in their place") << QByteArray("importReplace") << 3;
        QTest::newRow("beside them") << QByteArray("importAppend") << 5;
    }

    void glaciersThatAreThereAlreadyAreAskedForBeforeTheyAreThereTwice() {
        QFETCH(QByteArray, choice);
        QFETCH(int, inExpert);
        std::ofstream(m_fixture.path("again.geojson"))
            << squares({{m_fixture.big(), R"({"name":"big again"})"},
                        {m_fixture.small(), R"({"name":"small again"})"},
                        {{m_fixture.big().x + 90000, m_fixture.big().y}, R"({"name":"far"})"}});
        const auto file = m_fixture.makeProject((choice + ".gpkg").constData());
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* dialog = dialogFor(*window, "again.geojson");
        QVERIFY(dialog != nullptr);
        auto* asked = part<QWidget>(dialog, "importAlready");
        QTRY_VERIFY_WITH_TIMEOUT(asked->isVisible(), 20000);
        QVERIFY2(part<QLabel>(dialog, "importAlreadyText")
                     ->text()
                     .contains("2 are already in layer expert (2 on "
                               "the same ground)"),
                 qPrintable(part<QLabel>(dialog, "importAlreadyText")->text()));
        QVERIFY(part<QRadioButton>(dialog, "importOwnLayer")->isChecked());
        // In another layer there is nothing to ask.
        auto* layer = dialog->findChild<QComboBox*>("importLayer");
        layer->lineEdit()->selectAll();
        QTest::keyClicks(layer->lineEdit(), "survey");
        QTRY_VERIFY(!asked->isVisible());
        layer->lineEdit()->selectAll();
        QTest::keyClicks(layer->lineEdit(), "expert");
        QTRY_VERIFY(asked->isVisible());
        auto* button = part<QRadioButton>(dialog, choice.constData());
        QTest::mouseClick(button, Qt::LeftButton, {}, {8, button->height() / 2});
        QVERIFY(button->isChecked());
        QTest::mouseClick(importButton(dialog), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            window->isIdle() && window->findChild<ui::exchange::ImportDialog*>() == nullptr, 20000);
        if (openDialog("note") != nullptr) {
            QTest::keyClick(openDialog("note"), Qt::Key_Return);
        }
        QVERIFY(closed(*window));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(static_cast<int>(project->outlines("expert").size()), inExpert);
        QCOMPARE(project->hasLayer("expert_2"), choice == "importOwnLayer");
    }

    void theReturnThatEndsAPathImportsNothingUnseen() {
        std::ofstream(m_fixture.path("unseen.geojson")) << squares({{m_fixture.big(), "{}"}});
        const auto window = m_fixture.openWindow(m_fixture.makeProject("unseen.gpkg"));
        QVERIFY(window);
        QPointer<ui::exchange::ImportDialog> dialog = dialogFor(*window, "unseen.geojson");
        QVERIFY(dialog != nullptr);
        auto* path = dialog->findChild<QWidget*>("importFile")->findChild<QLineEdit*>();
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("come in: 1"), 20000);
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog == nullptr && window->isIdle(), 20000);
    }

    void aFileThatGivesNothingSaysWhyBeforeItIsImported() {
        std::ofstream(m_fixture.path("nothing.geojson")) << R"({"type":"FeatureCollection","features":[]})";
        const auto window = m_fixture.openWindow(m_fixture.makeProject("nothing.gpkg"));
        QVERIFY(window);
        auto* dialog = dialogFor(*window, "nothing.geojson");
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("has no polygons"), 20000);
        QVERIFY(!importButton(dialog)->isEnabled());
    }

    void aCoordinateSystemThatTheFileLacksIsAskedForAndTaken() {
        exchange::writeOutlines({WindowFixture::outline("Imported", m_fixture.big(), 400)},
                                m_fixture.grid().crs, m_fixture.path("lost.shp"));
        std::filesystem::remove(m_fixture.path("lost.prj"));
        const auto window = m_fixture.openWindow(m_fixture.makeProject("lost.gpkg"));
        QVERIFY(window);
        auto* dialog = dialogFor(*window, "lost.shp");
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("no coordinate system"), 20000);
        QVERIFY(!importButton(dialog)->isEnabled());
        QTest::keyClicks(part<QLineEdit>(dialog, "importCrs"), "EPSG:32645");
        QTRY_VERIFY_WITH_TIMEOUT(summaryOf(dialog).contains("come in: 1"), 20000);
        QVERIFY(importButton(dialog)->isEnabled());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowImportTest)
#include "window_import_test.moc"
