# Figures of how sure, how alike and how different, from a second program: R with psych, multilevel and survey.
#
#   Rscript statistics.R     in this folder; writes attitude.csv, chickwts.csv, iris.csv, mtcars.csv, sleep.csv and
#                            statistics.json beside it
#
# The data come with R and were published before; README.md names the papers. Nothing here knows of selfassess.
suppressPackageStartupMessages({library(psych); library(multilevel); library(survey); library(jsonlite)})
options(digits = 17)

write_data <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, eol = "\n")
}
flowers <- setNames(iris, c("sepal_length", "sepal_width", "petal_length", "petal_width", "species"))
write_data(attitude, "attitude")
write_data(chickwts, "chickwts")
write_data(flowers, "iris")
write_data(mtcars[, c("cyl", "gear", "carb")], "mtcars")
write_data(sleep[, c("group", "extra")], "sleep")

one <- unbox
ends <- function(interval) as.vector(interval)

# Means, by stats::t.test; and by survey::svymean, with three more who were invited and not heard.
mean_of <- function(x) {
  heard <- svydesign(ids = ~1, fpc = rep(length(x) + 3, length(x)), data = data.frame(x = x))
  list(
    n = one(length(x)), mean = one(mean(x)), sd = one(sd(x)), interval = ends(t.test(x)$conf.int),
    interval_of_three_more = ends(confint(svymean(~x, heard), df = length(x) - 1))
  )
}

# Cliff's delta the long way, as a table of all pairs, with the interval of Feng and Cliff (2004).
delta_of <- function(x, y) {
  n <- length(x)
  m <- length(y)
  pairs <- sign(outer(x, y, "-"))
  d <- mean(pairs)
  t <- qt(0.975, n + m - 2)
  if (abs(d) == 1) {
    near <- (min(n, m) - t^2) / (min(n, m) + t^2)
    interval <- if (d == 1) c(near, 1) else c(-1, -near)
  } else {
    unbiased <- (m^2 * sum((rowMeans(pairs) - d)^2) + n^2 * sum((colMeans(pairs) - d)^2) - sum((pairs - d)^2)) /
      (n * m * (n - 1) * (m - 1))
    v <- max(unbiased, (1 - d^2) / (n * m - 1))
    interval <- (d - d^3 + c(-1, 1) * t * sqrt(v) * sqrt((1 - d^2)^2 + t^2 * v)) / (1 - d^2 + t^2 * v)
  }
  if (requireNamespace("effsize", quietly = TRUE) && abs(d) < 1 && unbiased == v) {
    theirs <- effsize::cliff.delta(x, y)
    stopifnot(all.equal(c(theirs$estimate, as.vector(theirs$conf.int)), c(d, interval), check.attributes = FALSE))
  }
  # That higher and lower are counted as a rank test counts them.
  w <- suppressWarnings(wilcox.test(x, y)$statistic)
  stopifnot(all.equal(as.numeric(w), sum(pairs > 0) + sum(pairs == 0) / 2))
  list(delta = one(d), higher = one(sum(pairs > 0)), lower = one(sum(pairs < 0)), interval = ends(interval))
}

# Two groups: Welch's interval and its p by stats::t.test.
two <- function(x, y) {
  test <- t.test(x, y)
  c(list(welch = ends(test$conf.int), p = one(test$p.value)), delta_of(x, y))
}

# Alpha and what goes with it, by psych::alpha; Feldt's interval by psych::alpha.ci.
alpha_of <- function(data) {
  found <- suppressMessages(suppressWarnings(psych::alpha(data, check.keys = FALSE, warnings = FALSE)))
  raw <- found$total$raw_alpha
  feldt <- psych::alpha.ci(raw, n.obs = nrow(data), n.var = ncol(data), digits = 15)
  without <- if (ncol(data) > 2) as.list(setNames(found$alpha.drop$raw_alpha, colnames(data))) else NULL
  list(
    n = one(nrow(data)), alpha = one(raw), low = one(feldt$lower.ci), high = one(feldt$upper.ci),
    item_rest = lapply(as.list(setNames(found$item.stats$r.drop, rownames(found$item.stats))), one),
    without = lapply(without, one)
  )
}

# Omega total of one factor by maximum likelihood, from stats::factanal, in the units of the covariances.
omega_of <- function(covariances, n) {
  fit <- NULL
  # As exactly as its optimiser can: it gives up where it is asked for more.
  for (factr in c(1, 10, 100, 1000, 1e7)) {
    control <- list(opt = list(factr = factr, pgtol = 1e-12, maxit = 100000))
    if (is.null(fit)) fit <- tryCatch(
      factanal(factors = 1, covmat = list(cov = covariances, n.obs = n), control = control),
      error = function(e) NULL
    )
  }
  units <- sqrt(diag(covariances))
  common <- sum(units * fit$loadings)^2
  list(
    covariances = unname(covariances),
    omega = one(common / (common + sum(units^2 * fit$uniquenesses))),
    smallest_unique = one(min(fit$uniquenesses))
  )
}

# r*wg by multilevel::rwg.j.lindell, one group or several; what chance reaches by multilevel::rwg.sim and rwg.j.sim.
cars <- mtcars[, c("gear", "gear")]
set.seed(20050228, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
chance <- function(n) {
  tries <- rwg.sim(gsize = n, nresp = 5, nrep = 50000)
  list(n = one(n), high = one(as.vector(quantile(tries$rwg, 0.95))))
}

weights <- split(chickwts$weight, chickwts$feed)
extra <- split(sleep$extra, sleep$group)
petals <- split(flowers$petal_length, flowers$species)
sepals <- split(flowers$sepal_width, flowers$species)

figures <- list(
  means = c(
    lapply(weights, mean_of),
    lapply(setNames(extra, c("sleep_1", "sleep_2")), mean_of),
    lapply(as.list(attitude), mean_of)
  ),
  differences = list(
    sleep = two(extra[[2]], extra[[1]]),
    casein_soybean = two(weights$casein, weights$soybean),
    sunflower_casein = two(weights$sunflower, weights$casein),
    meatmeal_linseed = two(weights$meatmeal, weights$linseed),
    virginica_versicolor_petals = two(petals$virginica, petals$versicolor),
    virginica_setosa_petals = two(petals$virginica, petals$setosa),
    setosa_virginica_sepals = two(sepals$setosa, sepals$virginica)
  ),
  alpha = list(
    attitude = alpha_of(attitude),
    attitude_three = alpha_of(attitude[, c("rating", "complaints", "learning")]),
    iris = alpha_of(flowers[, 1:4]),
    iris_two = alpha_of(flowers[, 1:2])
  ),
  omega = list(
    ability = omega_of(ability.cov$cov, ability.cov$n.obs),
    harman = omega_of(Harman74.cor$cov, Harman74.cor$n.obs),
    versicolor = omega_of(unname(cov(flowers[flowers$species == "versicolor", 1:4])), 50),
    attitude = omega_of(unname(cov(attitude)), nrow(attitude)),
    iris = omega_of(unname(cov(flowers[, 1:4])), 150)
  ),
  rwg = list(
    attitude = one(rwg.j.lindell(attitude, rep(1, nrow(attitude)), ranvar = (101^2 - 1) / 12)$rwg.lindell),
    gears = lapply(
      with(rwg.j.lindell(cars, mtcars$cyl, ranvar = (3^2 - 1) / 12), as.list(setNames(rwg.lindell, grpid))), one
    )
  ),
  chance_rwg = lapply(c(5, 8, 12, 20, 40), chance)
)
write(toJSON(figures, digits = NA, pretty = TRUE, null = "null"), "statistics.json")
