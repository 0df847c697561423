// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/open_scene_dialog.h"

#include "ui/base/empty_hint.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/scenes/open_scene_words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::scenes {

namespace {

enum SceneColumn { FeatureColumn, BandsColumn, FileColumn, ReadAsColumn };

} // namespace

OpenSceneDialog::OpenSceneDialog(UserSettings& settings, const QString& project, QWidget* parent)
    : QDialog(parent), m_settings(settings) {
    setWindowTitle(tr("Open scene"));
    setAcceptDrops(false); // the window below takes what is dropped

    FileQuestion question;
    question.purpose = QStringLiteral("project");
    question.title = tr("Project file");
    question.filters = QStringList{tr("Project (*.gpkg)")};
    question.save = true;
    question.suffix = QStringLiteral("gpkg");
    m_file = owned<PathField>(settings, question);
    m_file->setObjectName(QStringLiteral("sceneProjectFile"));
    m_target = owned<QComboBox>();
    m_target->setObjectName(QStringLiteral("sceneTarget"));
    if (!project.isEmpty()) {
        m_target->addItem(tr("Add to the open project %1").arg(project), true);
    }
    m_target->addItem(tr("Make a new project"), false);
    auto* goal = owned<QFormLayout>();
    goal->addRow(tr("Where to"), m_target);
    goal->addRow(tr("Project file"), m_file);
    m_buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Open scene"));

    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(inputs());
    layout->addWidget(results(), 1);
    layout->addWidget(choices());
    layout->addLayout(goal);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_file, &PathField::changed, this, &OpenSceneDialog::update);
    connect(m_target, &QComboBox::currentIndexChanged, this, &OpenSceneDialog::update);
    resize(760, 640);
    update();
}

QWidget* OpenSceneDialog::inputs() {
    auto* box = owned<QWidget>();
    m_paths = owned<QListWidget>();
    m_paths->setObjectName(QStringLiteral("scenePaths"));
    m_paths->setMaximumHeight(84);
    m_paths->setToolTip(tr("Folders, .tar, .zip, .SAFE, elevation models and rasters of one acquisition"));
    showWhileEmpty(m_paths, tr("Choose the files or the folder of a product, or drop them on the window."));
    auto* files = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Files…"));
    auto* folder = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Folder…"));
    auto* remove = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-remove")), tr("Remove"));
    connect(files, &QPushButton::clicked, this,
            [this] { ask(QStringLiteral("scenes"), tr("Products and rasters"), false); });
    connect(folder, &QPushButton::clicked, this,
            [this] { ask(QStringLiteral("scenes"), tr("Folder of a product"), true); });
    remove->setEnabled(false);
    connect(m_paths, &QListWidget::currentRowChanged, remove,
            [remove](int row) { remove->setEnabled(row >= 0); });
    connect(remove, &QPushButton::clicked, this, [this] {
        const std::unique_ptr<QListWidgetItem> taken(m_paths->takeItem(m_paths->currentRow()));
        recogniseAgain();
    });
    auto* buttons = owned<QVBoxLayout>();
    for (auto* button : {files, folder, remove}) {
        buttons->addWidget(button);
    }
    auto* layout = owned<QHBoxLayout>(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_paths, 1);
    layout->addLayout(buttons);
    return box;
}

QWidget* OpenSceneDialog::results() {
    auto* box = owned<QWidget>();
    m_recognised = owned<QLabel>();
    m_recognised->setObjectName(QStringLiteral("sceneRecognised"));
    m_recognised->setWordWrap(true);
    m_recognised->setTextFormat(Qt::RichText);
    m_rasters = owned<QTreeWidget>();
    m_rasters->setObjectName(QStringLiteral("sceneRasters"));
    m_rasters->setHeaderLabels({tr("Feature"), tr("Bands"), tr("File"), tr("Read as")});
    m_rasters->setRootIsDecorated(false);
    m_rasters->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_rasters->header()->setStretchLastSection(false);
    m_rasters->header()->setSectionResizeMode(FileColumn, QHeaderView::Stretch);
    m_rasters->setColumnWidth(FeatureColumn, 170);
    m_rasters->setColumnWidth(BandsColumn, 170);
    m_rasters->setColumnWidth(ReadAsColumn, 160);
    m_rasters->setToolTip(
        tr("Double-click Bands to name them in the file's order, such as blue,green,red,nir, with - "
           "for one to leave out"));
    showWhileEmpty(m_rasters, tr("What is recognised in them is listed here."));
    connect(m_rasters, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) {
        if (!m_filling) {
            rasterEdited(*item);
        }
    });
    m_notes = owned<QListWidget>();
    m_notes->setObjectName(QStringLiteral("sceneNotes"));
    m_notes->setWordWrap(true);
    m_notes->setSelectionMode(QAbstractItemView::NoSelection);
    m_notes->setMaximumHeight(130);
    showWhileEmpty(m_notes, tr("What is assumed is listed here."));

    m_missingBar = owned<QWidget>();
    m_missing =
        owned<QLabel>(tr("There is no elevation model: the scene would be flat, and most models need one."));
    m_missing->setWordWrap(true);
    auto* add = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Elevation model…"));
    add->setObjectName(QStringLiteral("addElevation"));
    connect(add, &QPushButton::clicked, this,
            [this] { ask(QStringLiteral("elevation"), tr("Elevation model"), false); });
    auto* bar = owned<QHBoxLayout>(m_missingBar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->addWidget(m_missing, 1);
    bar->addWidget(add);

    auto* layout = owned<QVBoxLayout>(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_recognised);
    layout->addWidget(m_rasters, 1);
    layout->addWidget(m_missingBar);
    layout->addWidget(m_notes);
    return box;
}

QWidget* OpenSceneDialog::choices() {
    auto* box = owned<QWidget>();
    m_reflectance = owned<QComboBox>();
    m_reflectance->setObjectName(QStringLiteral("sceneReflectance"));
    m_reflectance->addItem(tr("told from the numbers"), static_cast<int>(scene::ReflectanceStorage::Guess));
    m_reflectance->addItem(tr("0 to 1"), static_cast<int>(scene::ReflectanceStorage::Unit));
    m_reflectance->addItem(tr("0 to 10,000"), static_cast<int>(scene::ReflectanceStorage::TenThousand));
    m_reflectance->addItem(tr("1,000 to 11,000 (Sentinel-2 since 2022)"),
                           static_cast<int>(scene::ReflectanceStorage::TenThousandAndThousand));
    m_reflectance->addItem(tr("Landsat Collection 2"),
                           static_cast<int>(scene::ReflectanceStorage::Collection2));
    m_reflectance->addItem(tr("0 to 255"), static_cast<int>(scene::ReflectanceStorage::Bytes));
    m_reflectance->addItem(tr("none: keep the numbers"), static_cast<int>(scene::ReflectanceStorage::AsIs));
    m_pixelSize = owned<QComboBox>();
    m_pixelSize->setObjectName(QStringLiteral("scenePixelSize"));
    m_pixelSize->addItem(tr("as the finest band"), 0);
    for (const int metres : {10, 20, 30}) {
        m_pixelSize->addItem(tr("%1 m").arg(metres), metres);
    }
    m_swapOrbits = owned<QCheckBox>(tr("Swap ascending and descending"));
    m_swapOrbits->setObjectName(QStringLiteral("sceneSwapOrbits"));
    m_swapOrbits->setToolTip(tr("For a model that learnt them the other way round"));
    auto* layout = owned<QHBoxLayout>(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(owned<QLabel>(tr("Reflectance")));
    layout->addWidget(m_reflectance);
    layout->addSpacing(12);
    layout->addWidget(owned<QLabel>(tr("Pixels")));
    layout->addWidget(m_pixelSize);
    layout->addSpacing(12);
    layout->addWidget(m_swapOrbits);
    layout->addStretch(1);
    const auto changed = [this] { recogniseAgain(); };
    connect(m_reflectance, &QComboBox::activated, this, changed);
    connect(m_pixelSize, &QComboBox::activated, this, changed);
    connect(m_swapOrbits, &QCheckBox::clicked, this, changed);
    return box;
}

void OpenSceneDialog::ask(const QString& purpose, const QString& title, bool folder) {
    FileQuestion question;
    question.purpose = purpose;
    question.title = title;
    question.filters =
        QStringList{tr("Products and rasters (*.tar *.tgz *.gz *.zip *.tif *.tiff *.TIF *.vrt *.jp2 *.img "
                       "*.hgt *.dim *_MTL.* MTD_*.xml *_MTD_*.xml manifest.safe)"),
                    tr("All files (*)")};
    question.several = true;
    question.folder = folder;
    askForFiles(this, m_settings, question, [this](const QStringList& files) { addPaths(files); });
}

void OpenSceneDialog::addPaths(const QStringList& paths) {
    for (const auto& path : paths) {
        if (m_paths->findItems(path, Qt::MatchExactly).isEmpty()) {
            m_paths->addItem(path);
        }
    }
    recogniseAgain();
}

void OpenSceneDialog::recogniseAgain() {
    QStringList paths;
    for (int i = 0; i < m_paths->count(); ++i) {
        paths << m_paths->item(i)->text();
    }
    m_options.reflectance = static_cast<scene::ReflectanceStorage>(m_reflectance->currentData().toInt());
    m_options.pixelSize = m_pixelSize->currentData().toDouble();
    m_options.swapOrbits = m_swapOrbits->isChecked();
    if (paths.isEmpty()) {
        m_options.rasters.clear();
        showOpened({});
        return;
    }
    m_busy = true;
    m_recognised->setText(tr("Looking at what was given…"));
    update();
    Q_EMIT recognitionWanted(paths, m_options);
}

void OpenSceneDialog::showOpened(const scene::OpenedScene& opened) {
    m_busy = false;
    m_opened = opened;
    constexpr std::size_t most = 8; // a model of many tiles must not push the rest out of the dialog
    QStringList products;
    for (std::size_t i = 0; i < std::min(opened.products.size(), most); ++i) {
        const auto& product = opened.products[i];
        products << QStringLiteral("<b>%1</b>%2  %3")
                        .arg(text(product.kind).toHtmlEscaped(),
                             product.date.empty() ? QString() : QStringLiteral(", ") + text(product.date),
                             text(product.name).toHtmlEscaped());
    }
    if (opened.products.size() > most) {
        products << tr("and %1 more").arg(opened.products.size() - most);
    }
    m_recognised->setText(products.join(QStringLiteral("<br>")));
    fillRasters();
    m_notes->clear();
    for (const auto& unknown : opened.unknown) {
        m_notes->addItem(owned<QListWidgetItem>(
            QIcon::fromTheme(QStringLiteral("dialog-question")),
            text(unknown.reason) + QLatin1Char(' ') +
                tr("Say it above: choose the feature, and double-click Bands to name them in this order.")));
        if (const QPixmap bands = bandStrip(unknown.preview); !bands.isNull()) {
            auto* shown = owned<QListWidgetItem>();
            shown->setSizeHint(bands.size() + QSize(8, 8));
            m_notes->addItem(shown);
            auto* label = owned<QLabel>();
            label->setPixmap(bands);
            label->setToolTip(text(unknown.file));
            m_notes->setItemWidget(shown, label);
        }
    }
    for (const auto& note : opened.scene.notes) {
        m_notes->addItem(
            owned<QListWidgetItem>(QIcon::fromTheme(QStringLiteral("dialog-information")), text(note)));
    }
    suggestFile();
    update();
}

void OpenSceneDialog::showProblem(const QString& sentence) {
    m_busy = false;
    m_opened = {};
    m_opened.reflectanceIsAsked = true; // saying it may be the answer
    m_recognised->clear();
    fillRasters();
    m_notes->clear();
    m_notes->addItem(owned<QListWidgetItem>(QIcon::fromTheme(QStringLiteral("dialog-error")), sentence));
    update();
}

void OpenSceneDialog::showRefusal(const QString& sentence) {
    if (!sentence.isEmpty()) {
        m_notes->insertItem(
            0, owned<QListWidgetItem>(QIcon::fromTheme(QStringLiteral("dialog-error")), sentence));
        m_notes->scrollToTop();
    }
}

void OpenSceneDialog::addRaster(const QString& file, const QString& feature, const QString& bands,
                                const QString& howRead) {
    auto* item =
        owned<QTreeWidgetItem>(m_rasters, QStringList{QString(), bands, QFileInfo(file).fileName(), howRead});
    item->setData(FileColumn, Qt::UserRole, file);
    item->setToolTip(FileColumn, file);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    auto* choice = owned<QComboBox>();
    for (const auto& [name, words] : featureWords()) {
        choice->addItem(words, name);
    }
    choice->setCurrentIndex(choice->findData(feature));
    connect(choice, &QComboBox::activated, this, [this, item] { rasterEdited(*item); });
    m_rasters->setItemWidget(item, FeatureColumn, choice);
}

void OpenSceneDialog::fillRasters() {
    m_filling = true;
    m_rasters->clear();
    for (const auto& unknown : m_opened.unknown) {
        addRaster(text(unknown.file), QString(), QString(), tr("%n band(s)", nullptr, unknown.bands));
    }
    for (const auto& raster : m_opened.scene.rasters) {
        const bool known =
            std::none_of(m_options.rasters.begin(), m_options.rasters.end(),
                         [&](const auto& said) { return said.text.rfind(raster.file, 0) == 0; });
        if (known) {
            auto* item = owned<QTreeWidgetItem>(
                m_rasters, QStringList{featureWord(text(raster.feature)), joinedNames(raster.bandNames),
                                       QFileInfo(text(raster.file)).fileName(), readAs(raster)});
            item->setData(FileColumn, Qt::UserRole, text(raster.file));
            item->setToolTip(FileColumn, text(raster.file));
        } else {
            addRaster(text(raster.file), text(raster.feature), joinedNames(raster.bandNames), readAs(raster));
        }
    }
    m_filling = false;
}

void OpenSceneDialog::rasterEdited(const QTreeWidgetItem& item) {
    const auto* choice =
        qobject_cast<QComboBox*>(m_rasters->itemWidget(const_cast<QTreeWidgetItem*>(&item), FeatureColumn));
    const std::string file = item.data(FileColumn, Qt::UserRole).toString().toStdString();
    std::erase_if(m_options.rasters, [&](const auto& said) { return said.text.rfind(file, 0) == 0; });
    const std::string feature =
        choice == nullptr ? std::string() : choice->currentData().toString().toStdString();
    if (feature.empty()) {
        return;
    }
    const QString bands = item.text(BandsColumn).simplified().remove(QLatin1Char(' '));
    m_options.rasters.push_back({feature, bands.isEmpty() ? file : file + ":" + bands.toStdString()});
    recogniseAgain();
}

void OpenSceneDialog::suggestFile() {
    if (!m_file->path().isEmpty() || m_paths->count() == 0 || m_opened.scene.rasters.empty()) {
        return;
    }
    const QString folder = QFileInfo(m_paths->item(0)->text()).absolutePath();
    m_file->setPath(QStringLiteral("%1/%2.gpkg").arg(folder, text(m_opened.scene.name)));
}

bool OpenSceneDialog::joinsProject() const {
    return m_target->currentData().toBool();
}

QString OpenSceneDialog::projectFile() const {
    return m_file->path();
}

void OpenSceneDialog::update() {
    const auto& rasters = m_opened.scene.rasters;
    const auto has = [&](const char* feature) {
        return std::any_of(rasters.begin(), rasters.end(),
                           [&](const scene::SceneRaster& raster) { return raster.feature == feature; });
    };
    m_missingBar->setVisible(!rasters.empty() && !has("dem"));
    m_reflectance->setEnabled(m_opened.reflectanceIsAsked);
    m_reflectance->setToolTip(m_opened.reflectanceIsAsked
                                  ? tr("How rasters store reflectance that do not say so themselves")
                                  : tr("The product says itself how its numbers become reflectance"));
    m_swapOrbits->setVisible(has("co_pol_sar") || has("cross_pol_sar") || has("in_sar"));
    m_file->setEnabled(!joinsProject());
    const bool goal = joinsProject() || !m_file->path().isEmpty();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_busy && m_opened.complete && goal);
}

} // namespace nunatak::ui::scenes
