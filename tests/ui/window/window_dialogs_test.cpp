// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "exchange/outline_files.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

QDialog* dialogTitled(const QString& title) {
    auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    return dialog != nullptr && dialog->windowTitle() == title ? dialog : nullptr;
}

void type(QWidget* dialog, const char* field, const QString& text) {
    auto* line = dialog->findChild<QWidget*>(QString::fromUtf8(field))->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

/// Types a path into Qt's file dialog and confirms it.
void chooseFile(const QString& title, const QString& path) {
    auto* name = dialogTitled(title)->findChild<QLineEdit*>("fileNameEdit");
    QVERIFY(name);
    // Put in whole: typing opens the list of completions, which takes the first Return.
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(!dialogTitled(title));
}

QPushButton* acceptButton(QWidget* dialog) {
    return dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

/// Presses a button of the message that is open.
void press(const QString& button) {
    auto* box = qobject_cast<QMessageBox*>(openDialog());
    QVERIFY(box);
    for (auto* each : box->buttons()) {
        if (each->text().remove('&') == button) {
            QTest::mouseClick(each, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable("no button " + button));
}

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return -1;
}

} // namespace

class WindowDialogsTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void openAsksForAFileAndOpensIt() {
        const auto file = m_fixture.makeProject("chosen.gpkg");
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Open project"));
        chooseFile("Open project", QString::fromStdString(file));
        QTRY_VERIFY(window->windowTitle().startsWith("chosen"));
        QTRY_VERIFY(window->isIdle());
    }

    void aRecentProjectOpensWithOneClick() {
        const auto file = m_fixture.makeProject("recent.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        auto* recent = part<QListWidget>(window.get(), "recent");
        QVERIFY(recent->isVisible());
        QTest::mouseClick(recent->viewport(), Qt::LeftButton, {},
                          recent->visualItemRect(recent->item(0)).center());
        QTRY_VERIFY(window->windowTitle().startsWith("recent"));
        QTRY_VERIFY(window->isIdle());
    }

    void aNewProjectIsMadeFromASceneFileAndOpened() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("New project"));
        auto* dialog = dialogTitled("New project");
        QVERIFY(!acceptButton(dialog)->isEnabled());
        type(dialog, "sceneFile", m_fixture.qpath("scene.json"));
        type(dialog, "projectFile", m_fixture.qpath("made.gpkg"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        QVERIFY(window->windowTitle().startsWith("made"));
        const auto project = project::Project::open(m_fixture.path("made.gpkg"), project::Access::ReadOnly);
        QCOMPARE(project->scenes().size(), std::size_t(1));
        QCOMPARE(project->crs().epsg().value_or(0), 32645);
    }

    void aNewProjectFromWhatIsNoSceneLeavesNoFile() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("New project"));
        auto* dialog = dialogTitled("New project");
        type(dialog, "sceneFile", m_fixture.qpath("nothing.json"));
        type(dialog, "projectFile", m_fixture.qpath("never.gpkg"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        // The dialog comes back with what was typed, and says what is wrong with it.
        const auto sentence = [] {
            auto* again = dialogTitled("New project");
            return again == nullptr ? QString() : again->findChild<QLabel*>("newProjectProblem")->text();
        };
        QTRY_VERIFY(sentence().contains("nothing.json"));
        dialog = dialogTitled("New project");
        QCOMPARE(dialog->findChild<QWidget*>("projectFile")->findChild<QLineEdit*>()->text(),
                 m_fixture.qpath("never.gpkg"));
        QVERIFY(!QFile::exists(m_fixture.qpath("never.gpkg")));
        type(dialog, "sceneFile", m_fixture.qpath("scene.json"));
        QVERIFY(sentence().isEmpty());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void exportWritesTheLayerThatIsChosen_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("GeoPackage") << "out.gpkg";
        QTest::newRow("Shapefile") << "out.shp";
        QTest::newRow("GeoJSON") << "out.geojson";
    }
    void exportWritesTheLayerThatIsChosen() {
        QFETCH(QString, name);
        const auto window = m_fixture.openWindow(
            m_fixture.makeProject(QString("export_%1.gpkg").arg(name.section('.', 1)).toUtf8().constData()));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        QCOMPARE(dialog->findChild<QComboBox*>("exportLayer")->currentText(), "expert");
        type(dialog, "exportFile", m_fixture.qpath("outlines.txt"));
        QVERIFY(!acceptButton(dialog)->isEnabled()); // no such format
        const auto file = m_fixture.qpath(name.toUtf8().constData());
        type(dialog, "exportFile", file);
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(file));
        QTRY_VERIFY(window->isIdle());
        const auto read = exchange::readOutlines(file.toStdString(), m_fixture.grid().crs);
        QCOMPARE(read.outlines.size(), std::size_t(2));
    }

    void anExportSuggestsANameAndSaysWhatIsLeftOut() {
        const auto file = m_fixture.makeInventory("hintereis.gpkg");
        {
            const auto project = project::Project::open(file);
            const auto one = project->outlines("inventory").all().front();
            auto removed = static_cast<outlines::Outline>(*one);
            removed.review = outlines::Review::Removed;
            editing::Edit edit;
            edit.description = "Mark";
            edit.changes = {{"inventory", one, outlines::share(std::move(removed))}};
            project->commit(edit, {});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        const auto* path = dialog->findChild<QWidget*>("exportFile")->findChild<QLineEdit*>();
        QVERIFY2(path->text().endsWith("/hintereis_inventory_2019.gpkg"), qPrintable(path->text()));
        const auto* count = dialog->findChild<QLabel*>("exportCount");
        QCOMPARE(count->text(),
                 "Outlines that are written: 1. Left out, as they are marked as no glaciers: 1.");
        picture(*dialog, "export");
        auto* layers = dialog->findChild<QComboBox*>("exportLayer");
        layers->setCurrentText("expert");
        QVERIFY2(path->text().endsWith("/hintereis_expert.gpkg"), qPrintable(path->text()));
        QCOMPARE(count->text(), "Outlines that are written: 2.");
        // A name that the user gave stays.
        type(dialog, "exportFile", m_fixture.qpath("mine.shp"));
        layers->setCurrentText("Inventory 2019");
        QCOMPARE(path->text(), m_fixture.qpath("mine.shp"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void anExportSaysBeforehandWhatAnInventorysColumnsWillHold() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("export_rgi.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        auto* elevation = dialog->findChild<QWidget*>("exportElevation");
        QVERIFY(!elevation->isVisible()); // all that is known wants no heights
        type(dialog, "exportFile", m_fixture.qpath("rgi.shp"));
        auto* schema = dialog->findChild<QComboBox*>("exportSchema");
        schema->setFocus();
        QTest::keyClicks(schema, "RGI 7.0, gl");
        QCOMPARE(schema->currentData().toString(), "rgi7-g");
        QVERIFY(elevation->isVisible());
        const auto* columns = dialog->findChild<QTreeWidget*>("exportColumns");
        QTRY_COMPARE(columns->topLevelItemCount(), 28);
        const auto why = [&](const char* name) {
            const auto found = columns->findItems(name, Qt::MatchExactly);
            return found.isEmpty() ? QString() : found.first()->text(3);
        };
        QTRY_VERIFY2(why("anlys_id").contains("-999") && why("anlys_id").contains("GLIMS"),
                     qPrintable(why("anlys_id")));
        QVERIFY2(why("o2region").contains("region"), qPrintable(why("o2region")));
        picture(*dialog, "export_rgi");
        auto* region = dialog->findChild<QLineEdit*>("exportRegion");
        region->setFocus();
        QTest::keyClicks(region, "11-01");
        QTRY_VERIFY(why("o2region").isEmpty());
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("note"));
        QTest::keyClick(openDialog("note"), Qt::Key_Return);
        QTRY_VERIFY(window->isIdle());
        QVERIFY(QFile::exists(m_fixture.qpath("rgi-README.md")));
        const auto read =
            exchange::readOutlines(m_fixture.qpath("rgi.shp").toStdString(), m_fixture.grid().crs);
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(read.outlines.front().attributes.at("o2region").text(), std::string("11-01"));
    }

    void anExportAsksForWhatItsSchemaAndFormatHaveAndRemembersWhoHandsIn() {
        const auto file = m_fixture.makeProject("export_glims.gpkg");
        const auto ask = [](ui::window::MainWindow& window) {
            window.action("exportOutlines")->trigger();
            return QTest::qWaitFor([] { return dialogTitled("Export outlines") != nullptr; })
                       ? dialogTitled("Export outlines")
                       : nullptr;
        };
        const auto choose = [](QDialog* dialog, const char* id) {
            auto* schema = dialog->findChild<QComboBox*>("exportSchema");
            schema->setCurrentIndex(schema->findData(id));
        };
        const auto say = [](QDialog* dialog, const char* name, const char* words) {
            auto* line = dialog->findChild<QLineEdit*>(name);
            QVERIFY2(line != nullptr && line->isVisible(), name);
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, words);
        };
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* dialog = ask(*window);
        QVERIFY(dialog);
        const auto isShown = [&](const char* name) { return dialog->findChild<QWidget*>(name)->isVisible(); };
        QVERIFY(isShown("exportCrs") && isShown("exportDate") && !isShown("exportHandIn"));
        type(dialog, "exportFile", m_fixture.qpath("out.kml"));
        QVERIFY(!isShown("exportCrs")); // KML has one of its own
        choose(dialog, "rgi7-g");
        QVERIFY(isShown("exportAuthors") && isShown("exportLicence") && !isShown("exportCentre"));
        type(dialog, "exportFile", m_fixture.qpath("transfer.shp"));
        choose(dialog, "glims");
        QVERIFY(isShown("exportCentre") && !isShown("exportCrs") && !isShown("exportRegion"));
        say(dialog, "exportAuthors", "Heim, Albert");
        say(dialog, "exportCentre", "7");
        say(dialog, "exportLocal", "many");
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QVERIFY2(dialogTitled("Export outlines"), "it stays for another answer");
        QVERIFY(
            dialog->findChild<QLabel*>("exportNotes")->text().contains("\"many\" is no number of metres"));
        say(dialog, "exportLocal", "15");
        picture(*dialog, "export_glims");
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("note"));
        QTest::keyClick(openDialog("note"), Qt::Key_Return);
        QTRY_VERIFY(window->isIdle());
        QVERIFY(QFile::exists(m_fixture.qpath("transfer_session.shp")));
        dialog = ask(*window);
        QVERIFY(dialog);
        choose(dialog, "glims");
        QCOMPARE(dialog->findChild<QLineEdit*>("exportAuthors")->text(), "Heim, Albert");
        QCOMPARE(dialog->findChild<QLineEdit*>("exportLocal")->text(), "15");
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void anExportShowsNoPreviewOfAnotherChoiceWhileItMeasures() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("export_preview.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        const auto* columns = dialog->findChild<QTreeWidget*>("exportColumns");
        const auto* notes = dialog->findChild<QLabel*>("exportNotes");
        QTRY_VERIFY(columns->topLevelItemCount() > 0);
        auto* schema = dialog->findChild<QComboBox*>("exportSchema");
        schema->setCurrentIndex(schema->findData("rgi6"));
        const auto held = [columns] { return columns->topLevelItem(0)->text(1); };
        QCOMPARE(columns->topLevelItemCount(), 22); // at once, and nothing of what they will hold
        QCOMPARE(held(), QString("measuring …"));
        QVERIFY(notes->text().startsWith("Measuring"));
        QTRY_COMPARE(held(), QString("2"));
        QCOMPARE(columns->topLevelItemCount(), 22);
        QTRY_VERIFY(!notes->text().startsWith("Measuring"));
        auto* crs = dialog->findChild<QComboBox*>("exportCrs")->lineEdit();
        crs->setFocus();
        crs->selectAll();
        QTest::keyClicks(crs, "EPSG:0");
        QTRY_VERIFY2(notes->text().contains("EPSG:0"), qPrintable(notes->text()));
        crs->selectAll();
        QTest::keyClicks(crs, "EPSG:3035");
        QTRY_VERIFY(dialog->findChild<QLabel*>("exportCount")->text().contains("ETRS89"));
        auto* date = dialog->findChild<QLineEdit*>("exportDate");
        date->setFocus();
        QTest::keyClicks(date, "1850");
        QTRY_VERIFY2(notes->text().startsWith("None of the 2 outlines"), qPrintable(notes->text()));
        QCOMPARE(columns->topLevelItemCount(), 0);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void whatAnExportCannotKeepIsShown() {
        const auto file = m_fixture.makeProject("export_note.gpkg");
        {
            const auto project = project::Project::open(file);
            auto described = WindowFixture::outline("Described", m_fixture.rock(), 30);
            described.attributes["proc_desc"] = std::string(300, 'x');
            project->importOutlines({"survey", outlines::LayerKind::Expert, {}, {}}, {described});
            project->flush();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        dialog->findChild<QComboBox*>("exportLayer")->setCurrentText("survey");
        type(dialog, "exportFile", m_fixture.qpath("described.shp"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("note"));
        const auto note = qobject_cast<QMessageBox*>(openDialog("note"))->text();
        QVERIFY2(note.contains("proc_desc") && note.contains("254"), qPrintable(note));
        QTest::keyClick(openDialog("note"), Qt::Key_Return);
        QTRY_VERIFY(window->isIdle());
    }

    void anExportNeverReplacesTheOpenProject() {
        const auto file = m_fixture.makeProject("export_itself.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        type(dialog, "exportFile", QString::fromStdString(file));
        QVERIFY(!acceptButton(dialog)->isEnabled());
        const auto labels = dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
                            [](auto* label) { return label->text().contains("is a Nunatak project"); }));
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY(dialogTitled("Export outlines"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
        QCOMPARE(project::Project::open(file, project::Access::ReadOnly)->scenes().size(), std::size_t(1));
    }

    void anExportAsksBeforeItReplacesAFileOfSomebody() {
        const auto file = m_fixture.qpath("mine.geojson");
        const auto content = [&] {
            QFile opened(file);
            return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
        };
        {
            QFile made(file);
            QVERIFY(made.open(QIODevice::WriteOnly) && made.write("mine") == 4);
        }
        const auto window = m_fixture.openWindow(m_fixture.makeProject("export_asks.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        type(dialog, "exportFile", file);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(openDialog("question"));
        QTest::keyClick(openDialog("question"), Qt::Key_Return); // what is there is kept, unless told
        QTRY_VERIFY(dialogTitled("Export outlines"));
        QCOMPARE(content(), QByteArray("mine"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("question"));
        press("Replace");
        QTRY_VERIFY(content().contains("FeatureCollection"));
        QTRY_VERIFY(window->isIdle() && !openDialog());
    }

    void whatOthersDidToAProjectIsToldOnceAndRastersThatMovedAreFoundAgain() {
        WindowFixture own;
        const auto file = own.makeProject("moved.gpkg");
        const QTemporaryDir away; // beside the project they would be found without a question
        const QString elsewhere = away.filePath("elsewhere");
        QVERIFY(QDir().mkpath(elsewhere));
        const QDir folder(QFileInfo(QString::fromStdString(file)).absolutePath());
        for (const auto& raster : folder.entryList({"*.tif"})) {
            QVERIFY(QFile::rename(folder.filePath(raster), elsewhere + "/" + raster));
        }
        const auto window = own.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 15000);
        const auto* question = qobject_cast<QMessageBox*>(openDialog("question"));
        QVERIFY2(question->text().contains("not where they were"), qPrintable(question->text()));
        QVERIFY2(question->informativeText().contains(".tif"), qPrintable(question->informativeText()));
        QTRY_VERIFY(window->isIdle());
        const auto widgets = QApplication::topLevelWidgets();
        QCOMPARE(std::count_if(widgets.begin(), widgets.end(),
                               [](auto* each) { return each->isVisible() && qobject_cast<QDialog*>(each); }),
                 1); // nothing else about the same
        press("Find rasters…");
        QTRY_VERIFY(qobject_cast<QFileDialog*>(openDialog()));
        auto* name = openDialog()->findChild<QLineEdit*>("fileNameEdit");
        name->setText(elsewhere);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QVERIFY(project->notes().empty());
        QVERIFY(project->scene().rasters.front().file.find("/elsewhere/") != std::string::npos);
    }

    void rastersOfAllScenesAreFoundAtOnceWhateverTheyAreCalledNow() {
        WindowFixture own;
        const auto file = own.makeProject("renamed.gpkg");
        {
            scene::Scene later = scene::loadScene(own.path("scene.json"));
            later.id = outlines::makeUuid();
            later.name = "valley 2021";
            later.date = "2021-08-20";
            for (auto& raster : later.rasters) {
                const auto copy =
                    own.qpath(qPrintable("later_" + QString::fromStdString(raster.feature) + ".tif"));
                QVERIFY(QFile::copy(QString::fromStdString(raster.file), copy));
                QFile bytes(copy);
                QVERIFY(bytes.open(QIODevice::Append) && bytes.write("of 2021") > 0);
                raster.file = copy.toStdString();
            }
            const auto project = project::Project::open(file);
            project->addScene(later);
            project->close();
        }
        const QTemporaryDir away;
        const QDir folder(QFileInfo(QString::fromStdString(file)).absolutePath());
        const auto rasters = folder.entryList({"*.tif"});
        QCOMPARE(rasters.size(), 4);
        for (int i = 0; i < rasters.size(); ++i) {
            QVERIFY(QFile::rename(folder.filePath(rasters[i]), away.filePath(QString("band_%1.tif").arg(i))));
        }
        const auto window = own.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 15000);
        QTRY_VERIFY(window->isIdle());
        press("Find rasters…");
        QTRY_VERIFY(qobject_cast<QFileDialog*>(openDialog()));
        auto* name = openDialog()->findChild<QLineEdit*>("fileNameEdit");
        name->setText(away.path());
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QVERIFY(project->notes().empty());
        QCOMPARE(project->scenes().size(), std::size_t{2});
        for (const auto& scene : project->scenes()) { // each its own, not only one that fits
            for (const auto& raster : scene.rasters) {
                QFile bytes(QString::fromStdString(raster.file));
                QVERIFY(bytes.open(QIODevice::ReadOnly));
                QCOMPARE(QFileInfo(bytes).absolutePath(), away.path());
                QCOMPARE(bytes.readAll().endsWith("of 2021"), scene.name == "valley 2021");
            }
        }
        QVERIFY(closed(*window));
    }

    void anExportThatCannotBeWrittenSaysSo() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("export_nowhere.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Export outlines"));
        auto* dialog = dialogTitled("Export outlines");
        type(dialog, "exportFile", m_fixture.qpath("no/such/folder/out.shp"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("problem"));
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
    }

    void importPutsOutlinesIntoALayerOfTheirKind() {
        exchange::writeOutlines({WindowFixture::outline("Imported", m_fixture.big(), 400)},
                                m_fixture.grid().crs, m_fixture.path("import.geojson"));
        const auto window = m_fixture.openWindow(m_fixture.makeProject("import.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Import outlines"));
        auto* dialog = dialogTitled("Import outlines");
        type(dialog, "importFile", m_fixture.qpath("import.geojson"));
        auto* layer = dialog->findChild<QComboBox*>("importLayer");
        QVERIFY(!dialog->findChild<QComboBox*>("importKind")->isEnabled()); // "expert" has its kind already
        layer->lineEdit()->selectAll();
        QTest::keyClicks(layer->lineEdit(), "survey");
        QVERIFY(dialog->findChild<QComboBox*>("importKind")->isEnabled());
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_COMPARE(glaciersIn(*window, "survey"), 1);
        QTRY_VERIFY(window->isIdle());
    }

    void importingWhatHasNoOutlinesSaysSo() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("import_bad.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(dialogTitled("Import outlines"));
        auto* dialog = dialogTitled("Import outlines");
        type(dialog, "importFile", m_fixture.qpath("optical.tif"));
        QTest::mouseClick(acceptButton(dialog), Qt::LeftButton);
        QTRY_VERIFY(openDialog("problem"));
        const auto sentence = qobject_cast<QMessageBox*>(openDialog("problem"))->text();
        QVERIFY2(sentence.contains("optical.tif"), qPrintable(sentence));
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
        QCOMPARE(glaciersIn(*window, "expert"), 2);
    }

    void keysAndMouseAreListed() {
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_F1);
        QTRY_VERIFY(openDialog("shortcutsDialog"));
        QStringList said;
        for (const auto* label : openDialog("shortcutsDialog")->findChildren<QLabel*>()) {
            said << label->text();
        }
        QVERIFY(said.contains("F5"));
        QVERIFY(said.contains("Ctrl+Z"));
        QTest::keyClick(openDialog("shortcutsDialog"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
    }

    void aProjectThatIsOpenElsewhereIsOfferedReadOnly() {
        const auto file = m_fixture.makeProject("locked.gpkg");
        const auto holder = project::Project::open(file);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY(openDialog("question"));
        for (auto* button : openDialog("question")->findChildren<QPushButton*>()) {
            if (button->text().remove('&') == "Open read-only") {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QTRY_VERIFY(window->isIdle() && window->viewport()->terrain());
        QVERIFY(window->windowTitle().contains("read-only"));
        QCOMPARE(part<QLabel>(window.get(), "saving")->text(), "Read-only");
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowDialogsTest)
#include "window_dialogs_test.moc"
