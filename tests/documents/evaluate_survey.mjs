// Which questions SurveyJS shows, for each of several lists of answers given one after the other.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [, , library, file] = process.argv;
const { Model } = createRequire(library)("survey-core");
const { survey, answers } = JSON.parse(readFileSync(file, "utf8"));
const model = new Model(survey);
if (model.jsonErrors?.length) throw new Error(model.jsonErrors.map((error) => error.message).join("\n"));
const shown = answers.map((given) => {
  model.clear(true);
  for (const [id, value] of given) {
    const question = model.getQuestionByName(id);
    if (question?.isVisible) question.value = value;
  }
  return model.getAllQuestions(true).map((question) => question.name);
});
process.stdout.write(JSON.stringify(shown));
