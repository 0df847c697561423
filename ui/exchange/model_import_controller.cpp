// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/model_import_controller.h"

#include "prediction/location.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/session/workspace.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace nunatak::ui::exchange {

using session::Workspace;

ModelImportDialog::ModelImportDialog(UserSettings& settings, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Import model weights"));
    FileQuestion weights;
    weights.purpose = QStringLiteral("weights");
    weights.title = tr("Weights that Keras saved");
    weights.filters = QStringList{tr("Keras weights (*.h5 *.hdf5)"), tr("All files (*)")};
    m_file = owned<PathField>(settings, weights);
    m_file->setObjectName(QStringLiteral("weightsFile"));
    m_name = owned<QLineEdit>();
    m_name->setObjectName(QStringLiteral("weightsName"));
    m_name->setValidator(owned<QRegularExpressionValidator>(
        QRegularExpression(QStringLiteral("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")), m_name));
    m_name->setToolTip(tr("Letters, digits, - _ .; a model of that name gets a new version"));
    m_features = owned<QLineEdit>();
    m_features->setObjectName(QStringLiteral("weightsFeatures"));
    m_features->setPlaceholderText(tr("as the file names them, such as optical dem"));
    m_features->setToolTip(
        tr("Inputs in the network's order, out of optical dem co_pol_sar cross_pol_sar in_sar "
           "thermal; other bands as optical=blue,green,red,nir"));
    m_pixelSize = owned<QDoubleSpinBox>();
    m_pixelSize->setObjectName(QStringLiteral("weightsPixelSize"));
    m_pixelSize->setRange(0.01, 10000);
    m_pixelSize->setValue(nunatak::exchange::ModelImport{}.pixelSize);
    m_pixelSize->setSuffix(tr(" m"));
    m_pixelSize->setToolTip(tr("Pixel size the model was trained at; scenes are resampled to it"));
    FileQuestion calibration;
    calibration.purpose = QStringLiteral("calibration");
    calibration.title = tr("Calibration of the confidence");
    calibration.filters = QStringList{tr("Calibration (*.json)"), tr("All files (*)")};
    m_calibration = owned<PathField>(settings, calibration);
    m_calibration->setObjectName(QStringLiteral("weightsCalibration"));
    auto* hint =
        owned<QLabel>(tr("Without a calibration, maps say that their confidence is not calibrated."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* form = owned<QFormLayout>();
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Weights (.h5)"), m_file);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Features"), m_features);
    form->addRow(tr("Pixel size"), m_pixelSize);
    form->addRow(tr("Calibration (.json)"), m_calibration);
    form->addRow(QString(), hint);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    setMinimumWidth(520);
    connect(m_file, &PathField::changed, this, [this] {
        if (m_name->text().isEmpty() && QFileInfo(m_file->path()).isFile()) {
            auto name = QFileInfo(m_file->path()).completeBaseName();
            name.remove(QStringLiteral("_weights"));
            m_name->setText(
                name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9_.-]")), QStringLiteral("-")));
        }
        update();
    });
    connect(m_name, &QLineEdit::textChanged, this, &ModelImportDialog::update);
    m_file->setFocus();
    update();
}

nunatak::exchange::ModelImport ModelImportDialog::request() const {
    nunatak::exchange::ModelImport request;
    request.file = m_file->path().toStdString();
    request.name = m_name->text().trimmed().toStdString();
    const auto words = m_features->text().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const auto& word : words) {
        request.features.push_back(word.toStdString());
    }
    request.pixelSize = m_pixelSize->value();
    request.calibration = m_calibration->path().toStdString();
    request.regions = prediction::publishedRegions();
    return request;
}

void ModelImportDialog::update() {
    m_buttons->button(QDialogButtonBox::Ok)
        ->setEnabled(!m_file->path().isEmpty() && m_name->hasAcceptableInput());
}

ModelImportController::ModelImportController(Workspace& workspace, UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_window(window) {}

void ModelImportController::askForWeights() {
    auto* dialog = owned<ModelImportDialog>(m_settings, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->request()); });
    dialog->open();
}

void ModelImportController::start(const nunatak::exchange::ModelImport& request) {
    m_workspace.jobs().start<models::StoredModel>(
        tr("Import %1").arg(text(request.file.filename().string())), jobs::Lane::Background,
        [request, registry = m_workspace.registry(),
         reader = m_workspace.paths().hdf5Reader](const Progress& progress) {
            return nunatak::exchange::importModel(request, registry, reader, progress);
        },
        {.succeeded =
             [this](models::StoredModel& model) {
                 const auto name = text(model.manifest.name);
                 m_workspace.refreshModels(name);
                 QString sentence = tr("%1, version %2, is there; Predict uses it now.")
                                        .arg(name)
                                        .arg(model.manifest.version);
                 if (model.manifest.calibrations.empty()) {
                     sentence += tr(" Its confidence is not calibrated.");
                 }
                 Q_EMIT imported(sentence);
             },
         .failed = {},
         .cancelled = {}});
}

} // namespace nunatak::ui::exchange
