// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/accept_dialog.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

namespace nunatak::ui::review {

namespace {

constexpr double usualSure = 95; // %
constexpr double usualBand = 60; // m, of which the queue makes half of its weight
constexpr double widestBand = 1000;
constexpr int stepsOfPercent = 10; // of the slider

QString number(long long count) {
    return QLocale().toString(count);
}

QLabel* wrapped(const char* name) {
    auto* label = owned<QLabel>();
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

AcceptDialog::AcceptDialog(QWidget* parent)
    : QDialog(parent), m_layer(owned<QLabel>()), m_which(owned<QComboBox>()), m_sure(owned<QDoubleSpinBox>()),
      m_slider(owned<QSlider>(Qt::Horizontal)),
      m_isBanded(owned<QCheckBox>(tr("Band of low confidence within"))), m_band(owned<QDoubleSpinBox>()),
      m_count(wrapped("acceptCount")), m_left(wrapped("acceptLeft")), m_meaning(wrapped("acceptMeaning")) {
    setObjectName(QStringLiteral("acceptDialog"));
    setWindowTitle(tr("Accept what the model is sure of"));
    auto* about =
        owned<QLabel>(tr("Glaciers that nobody judged, drew or changed are accepted where the model "
                         "is sure. Their note says that it was by confidence."));
    about->setWordWrap(true);
    m_which->setObjectName(QStringLiteral("acceptWhich"));
    m_sure->setObjectName(QStringLiteral("acceptAbove"));
    m_sure->setDecimals(1);
    m_sure->setRange(0, 100);
    m_sure->setSingleStep(0.5);
    m_sure->setSuffix(tr(" %"));
    m_sure->setToolTip(tr("So much of a glacier's ground is sure at least"));
    m_slider->setObjectName(QStringLiteral("acceptSlider"));
    m_slider->setRange(50 * stepsOfPercent, 100 * stepsOfPercent);
    m_slider->setPageStep(stepsOfPercent);
    m_band->setObjectName(QStringLiteral("acceptBand"));
    m_band->setDecimals(0);
    m_band->setRange(0, widestBand);
    m_band->setSingleStep(5);
    m_band->setSuffix(tr(" m"));
    m_band->setEnabled(false);
    m_isBanded->setObjectName(QStringLiteral("acceptIsBanded"));
    const QString bandTip =
        tr("Ground of low confidence in a glacier and beside it, per metre of its lines: how far off its "
           "margin may be, also of a large one");
    m_isBanded->setToolTip(bandTip);
    m_band->setToolTip(bandTip);
    QFont large = m_count->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_count->setFont(large);

    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    m_select = buttons->addButton(tr("Select them"), QDialogButtonBox::ActionRole);
    m_select->setObjectName(QStringLiteral("acceptSelect"));
    m_select->setToolTip(tr("Show in the view which they are"));
    m_do = buttons->addButton(tr("Accept"), QDialogButtonBox::ActionRole);
    m_do->setObjectName(QStringLiteral("acceptDo"));
    m_do->setDefault(true);

    auto* sure = owned<QHBoxLayout>();
    sure->addWidget(m_slider, 1);
    sure->addWidget(m_sure);
    auto* rules = owned<QFormLayout>();
    rules->addRow(tr("Layer"), m_layer);
    rules->addRow(tr("Which"), m_which);
    rules->addRow(tr("Sure of at least"), sure);
    rules->addRow(m_isBanded, m_band);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(about);
    layout->addLayout(rules);
    layout->addSpacing(6);
    layout->addWidget(m_count);
    layout->addWidget(m_left);
    layout->addWidget(m_meaning);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(440, 330);

    m_sure->setValue(usualSure);
    m_slider->setValue(static_cast<int>(usualSure * stepsOfPercent));
    m_band->setValue(usualBand);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_sure->setValue(static_cast<double>(value) / stepsOfPercent); });
    connect(m_sure, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(value * stepsOfPercent));
        Q_EMIT ruleChanged();
    });
    connect(m_isBanded, &QCheckBox::toggled, m_band, &QWidget::setEnabled);
    connect(m_isBanded, &QCheckBox::toggled, this, &AcceptDialog::ruleChanged);
    connect(m_band, &QDoubleSpinBox::valueChanged, this, &AcceptDialog::ruleChanged);
    connect(m_which, &QComboBox::currentIndexChanged, this, &AcceptDialog::ruleChanged);
    connect(m_select, &QPushButton::clicked, this, &AcceptDialog::selectRequested);
    connect(m_do, &QPushButton::clicked, this, &AcceptDialog::acceptRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    enable(0);
}

void AcceptDialog::setLayer(const QString& title, std::size_t selected) {
    m_layer->setText(title);
    m_which->addItem(tr("All of the layer"));
    if (selected > 0) {
        m_which->addItem(tr("The selected (%1)").arg(number(static_cast<long long>(selected))));
        m_which->setCurrentIndex(selected > 1 ? 1 : 0); // one is what was looked at last
    }
    m_which->setEnabled(selected > 0);
}

nunatak::review::AcceptanceRule AcceptDialog::rule() const {
    nunatak::review::AcceptanceRule rule;
    rule.sure = m_sure->value() / 100;
    if (m_isBanded->isChecked()) {
        rule.widestBand = m_band->value();
    }
    return rule;
}

bool AcceptDialog::isOfSelected() const {
    return m_which->currentIndex() == 1;
}

void AcceptDialog::showMeasuring() {
    m_count->setText(tr("Measuring confidence …"));
    m_left->clear();
    m_meaning->clear();
    enable(0);
}

void AcceptDialog::showAcceptance(const nunatak::review::Acceptance& acceptance,
                                  const std::vector<std::string>& notes) {
    const auto accepted = acceptance.accepted.size();
    m_count->setText(tr("%1 of %2 glaciers, %3")
                         .arg(number(static_cast<long long>(accepted)), number(acceptance.glaciers),
                              areaText(acceptance.area)));
    m_left->setText(text(nunatak::review::leftInWords(acceptance)));
    QStringList meaning;
    if (acceptance.glaciers > 0 && !acceptance.isCalibrated) {
        meaning << tr("The model's confidence is not calibrated: what counts as unsure is the least sure "
                      "twentieth of the scene. That is an order, and says nothing of how often it is right.");
    }
    for (const auto& note : notes) {
        meaning << text(note);
    }
    m_meaning->setText(meaning.join(QLatin1Char('\n')));
    enable(accepted);
}

void AcceptDialog::showProblem(const QString& sentence) {
    m_count->clear();
    m_left->setText(sentence);
    m_meaning->clear();
    enable(0);
}

void AcceptDialog::enable(std::size_t accepted) {
    m_select->setEnabled(accepted > 0);
    m_do->setEnabled(accepted > 0);
    m_do->setText(accepted == 0   ? tr("Accept")
                  : accepted == 1 ? tr("Accept 1 glacier")
                                  : tr("Accept %1 glaciers").arg(number(static_cast<long long>(accepted))));
}

} // namespace nunatak::ui::review
