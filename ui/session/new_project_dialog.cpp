// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/new_project_dialog.h"

#include "ui/base/empty_hint.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace nunatak::ui::session {

namespace {

enum RasterColumn { Feature, File, Bands };

} // namespace

NewProjectDialog::NewProjectDialog(UserSettings& settings, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("New project"));
    FileQuestion sceneQuestion;
    sceneQuestion.purpose = QStringLiteral("scene");
    sceneQuestion.title = tr("Scene file");
    sceneQuestion.filters = QStringList{tr("Scene (*.json)"), tr("All files (*)")};
    m_sceneJson = owned<PathField>(settings, sceneQuestion);
    m_sceneJson->setObjectName(QStringLiteral("sceneFile"));

    auto* scenePage = owned<QWidget>();
    auto* sceneForm = owned<QFormLayout>(scenePage);
    sceneForm->addRow(tr("scene.json"), m_sceneJson);
    auto* sceneHint =
        owned<QLabel>(tr("It lists the rasters of one scene by feature, with date and sensor."));
    sceneHint->setForegroundRole(QPalette::PlaceholderText);
    sceneForm->addRow(QString(), sceneHint);

    m_source = owned<QTabWidget>();
    m_source->addTab(scenePage, tr("From a scene file"));
    m_source->addTab(rastersPage(settings), tr("From rasters"));

    FileQuestion fileQuestion;
    fileQuestion.purpose = QStringLiteral("project");
    fileQuestion.title = tr("Project file");
    fileQuestion.filters = QStringList{tr("Project (*.gpkg)")};
    fileQuestion.save = true;
    fileQuestion.suffix = QStringLiteral("gpkg");
    m_file = owned<PathField>(settings, fileQuestion);
    m_file->setObjectName(QStringLiteral("projectFile"));
    m_crs = owned<QLineEdit>();
    m_crs->setPlaceholderText(tr("as the scene, or its UTM zone; for instance EPSG:32632"));
    m_crs->setToolTip(
        tr("The project's coordinate system: projected, in metres; fixed once the project is made"));

    auto* form = owned<QFormLayout>();
    form->addRow(tr("Project file"), m_file);
    form->addRow(tr("Coordinate system"), m_crs);
    m_buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Make project"));

    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(m_source, 1);
    layout->addLayout(form);
    m_problem = owned<QLabel>();
    m_problem->setObjectName(QStringLiteral("newProjectProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);

    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_source, &QTabWidget::currentChanged, this, &NewProjectDialog::update);
    connect(m_file, &PathField::changed, this, &NewProjectDialog::update);
    connect(m_sceneJson, &PathField::changed, this, [this] {
        const QFileInfo scene(m_sceneJson->path());
        if (m_file->path().isEmpty() && scene.isFile()) {
            m_file->setPath(scene.absolutePath() + QStringLiteral("/project.gpkg"));
        }
        update();
    });
    resize(620, 420);
    m_sceneJson->setFocus();
    update();
}

QWidget* NewProjectDialog::rastersPage(UserSettings& settings) {
    auto* page = owned<QWidget>();
    m_rasters = owned<QTreeWidget>();
    m_rasters->setObjectName(QStringLiteral("rasters"));
    m_rasters->setHeaderLabels({tr("Feature"), tr("File"), tr("Bands")});
    m_rasters->setRootIsDecorated(false);
    m_rasters->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_rasters->header()->setStretchLastSection(false);
    m_rasters->header()->setSectionResizeMode(File, QHeaderView::Stretch);
    m_rasters->setToolTip(tr("Double-click Bands to name them, such as red,green,blue or nir"));

    showWhileEmpty(m_rasters, tr("Add optical rasters, and an elevation model."));

    auto* optical = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Optical…"));
    auto* elevation = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Elevation…"));
    auto* remove = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-remove")), tr("Remove"));
    remove->setEnabled(false);
    connect(m_rasters, &QTreeWidget::currentItemChanged, remove,
            [remove](const QTreeWidgetItem* item) { remove->setEnabled(item != nullptr); });
    const auto ask = [this, &settings](const QString& feature) {
        FileQuestion question;
        question.purpose = QStringLiteral("rasters");
        question.title = tr("Rasters");
        question.filters = QStringList{tr("Rasters (*.tif *.tiff *.vrt *.jp2 *.img)"), tr("All files (*)")};
        question.several = true;
        askForFiles(this, settings, question,
                    [this, feature](const QStringList& files) { addRasters(feature, files); });
    };
    connect(optical, &QPushButton::clicked, this, [ask] { ask(QStringLiteral("optical")); });
    connect(elevation, &QPushButton::clicked, this, [ask] { ask(QStringLiteral("dem")); });
    connect(remove, &QPushButton::clicked, this, [this] {
        if (auto* item = m_rasters->currentItem(); item != nullptr) {
            const std::unique_ptr<QTreeWidgetItem> taken(
                m_rasters->takeTopLevelItem(m_rasters->indexOfTopLevelItem(item)));
        }
        update();
    });

    m_name = owned<QLineEdit>();
    m_name->setPlaceholderText(tr("as the first file"));
    m_date = owned<QLineEdit>();
    m_date->setPlaceholderText(tr("YYYY-MM-DD"));
    m_sensor = owned<QLineEdit>();
    m_sensor->setPlaceholderText(tr("such as Landsat 7 ETM+"));

    auto* buttons = owned<QHBoxLayout>();
    buttons->addWidget(optical);
    buttons->addWidget(elevation);
    buttons->addStretch(1);
    buttons->addWidget(remove);
    auto* form = owned<QFormLayout>();
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Date"), m_date);
    form->addRow(tr("Sensor"), m_sensor);
    auto* layout = owned<QVBoxLayout>(page);
    layout->addWidget(m_rasters, 1);
    layout->addLayout(buttons);
    layout->addLayout(form);
    return page;
}

void NewProjectDialog::addRasters(const QString& feature, const QStringList& files) {
    for (const auto& file : files) {
        auto* item = owned<QTreeWidgetItem>(m_rasters, QStringList{feature, file, QString()});
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    if (m_file->path().isEmpty() && !files.isEmpty()) {
        m_file->setPath(QFileInfo(files.front()).absolutePath() + QStringLiteral("/project.gpkg"));
    }
    update();
}

bool NewProjectDialog::fromRasters() const {
    return m_source->currentIndex() == 1;
}

NewProject NewProjectDialog::request() const {
    NewProject request;
    request.file = m_file->path().toStdString();
    if (request.file.extension().empty()) {
        request.file += ".gpkg";
    }
    request.crs = m_crs->text().trimmed().toStdString();
    if (!fromRasters()) {
        request.sceneJson = m_sceneJson->path().toStdString();
        return request;
    }
    for (int i = 0; i < m_rasters->topLevelItemCount(); ++i) {
        const auto* item = m_rasters->topLevelItem(i);
        const QString bands = item->text(Bands).simplified().remove(QLatin1Char(' '));
        const QString argument =
            bands.isEmpty() ? item->text(File) : item->text(File) + QLatin1Char(':') + bands;
        request.rasters.push_back({item->text(Feature).toStdString(), argument.toStdString()});
    }
    const QString name = m_name->text().trimmed();
    request.name = name.toStdString();
    if (name.isEmpty() && m_rasters->topLevelItemCount() > 0) {
        request.name = QFileInfo(m_rasters->topLevelItem(0)->text(File)).completeBaseName().toStdString();
    }
    request.date = m_date->text().trimmed().toStdString();
    request.sensor = m_sensor->text().trimmed().toStdString();
    return request;
}

void NewProjectDialog::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void NewProjectDialog::update() {
    showProblem({}); // it was of what stood there before
    const bool scene = fromRasters() ? m_rasters->topLevelItemCount() > 0 : !m_sceneJson->path().isEmpty();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(scene && !m_file->path().isEmpty());
}

} // namespace nunatak::ui::session
