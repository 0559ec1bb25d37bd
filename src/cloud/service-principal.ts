import { nearest } from '../iam/spelling.ts';
import { isServicePrefix } from './service-data.ts';

/** What names of AWS services end in: in China in another way, and Alexa's in its own. */
const SERVICE_DOMAIN = /\.(amazonaws\.com|amazonaws\.com\.cn|aws\.internal)$|^alexa-[a-z]+\.amazon\.com$/;

/** Services that are often trusted: what is nearly the name of one, and is no name of a service, is a slip. */
const OFTEN_TRUSTED = [
  ...['ec2', 'lambda', 's3', 'sns', 'sqs', 'kms', 'eks', 'ecs-tasks', 'rolesanywhere', 'cloudtrail'],
  ...['secretsmanager', 'cloudformation', 'codebuild', 'codepipeline', 'apigateway', 'events', 'states'],
  ...['delivery.logs', 'pods.eks', 'organizations', 'config', 'glue', 'sagemaker', 'rds', 'dynamodb'],
];

/**
 * What is wrong with the name of an AWS service in a policy, in our words; null when nothing is known to be. AWS knows
 * every service; here names that no service has are taken, unless they are all but the name of a well-known one.
 * Source: IAM User Guide, reference_policies_elements_principal.html, AWS service principals.
 */
export function servicePrincipalProblem(name: string): string | null {
  if (name === '*') {
    return null;
  }
  if (!SERVICE_DOMAIN.test(name)) {
    return 'The name of a service looks like lambda.amazonaws.com.';
  }
  const service = name.slice(0, name.indexOf('.amazon'));
  if (OFTEN_TRUSTED.includes(service) || service.split('.').some(isServicePrefix)) {
    return null;
  }
  const meant = nearest(service, OFTEN_TRUSTED, 1);
  return meant === null ? null : `Did you mean ${meant}${name.slice(service.length)}?`;
}
